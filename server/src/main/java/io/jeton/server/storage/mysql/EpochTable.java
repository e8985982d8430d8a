package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Axis;
import io.jeton.server.domain.EpochStore;
import io.jeton.server.domain.GroupEnd;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.TokenGroup;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The table {@code epoch}, and the number in {@code realm} that counts its changes. */
final class EpochTable implements EpochStore {
  /** Whoever comes next waits here until the commit, so the numbers follow the commits. */
  static final String NEXT = "UPDATE realm SET epoch = epoch + 1 WHERE realm_id = ?";

  static final String END =
      """
      INSERT INTO epoch (realm_id, axis, name, epoch, revoke_time) VALUES (?, ?, ?, ?, ?)
      ON DUPLICATE KEY UPDATE epoch = VALUES(epoch),
                              revoke_time = GREATEST(revoke_time, VALUES(revoke_time))""";

  static final String SINCE =
      """
      SELECT axis, name, epoch, revoke_time FROM epoch
      WHERE realm_id = ? AND epoch > ? ORDER BY epoch""";

  private static final int LONGEST_TARGET = 64;

  private final Transactions transactions;
  private final Realms realms;

  EpochTable(Transactions transactions, Realms realms) {
    this.transactions = transactions;
    this.realms = realms;
  }

  @Override
  public GroupEnd end(Realm realm, TokenGroup group, Instant at, Actor actor) {
    return transactions.writeInLane(
        (handle, lane) -> {
          handle.execute(NEXT, realm.id());
          int epoch =
              handle
                  .createQuery("SELECT epoch FROM realm WHERE realm_id = ?")
                  .bind(0, realm.id())
                  .mapTo(Integer.class)
                  .one();
          handle.execute(
              END,
              realm.id(),
              group.axis().number(),
              TokenRows.bytes(group.name()),
              epoch,
              Micros.of(at));
          Revisions.insertEpoch(handle, lane, realm, epoch, at);
          Audit.insert(handle, at, actor, "RevokeTokens", realm.name().value(), target(group));
          return new GroupEnd(group, epoch, Micros.toInstant(Micros.of(at)));
        });
  }

  /** What the audit table calls a group: cut to what its column holds. */
  static String target(TokenGroup group) {
    String axis = group.axis().name().toLowerCase(Locale.ROOT);
    if (group.axis() == Axis.REALM) {
      return axis;
    }
    StringBuilder target = new StringBuilder(axis).append(' ');
    int length = target.length();
    for (int c : group.name().codePoints().toArray()) {
      length += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
      if (length > LONGEST_TARGET) {
        break;
      }
      target.appendCodePoint(c);
    }
    return target.toString();
  }

  @Override
  public Map<Realm, Integer> current() {
    return transactions.read(this::current);
  }

  private Map<Realm, Integer> current(Handle handle) {
    Map<Realm, Integer> current = new HashMap<>();
    handle
        .createQuery("SELECT realm_id, epoch FROM realm WHERE epoch > 0")
        .map((row, context) -> Map.entry(row.getInt(1), row.getInt(2)))
        .forEach(each -> current.put(realms.byId(handle, each.getKey()), each.getValue()));
    return current;
  }

  @Override
  public List<GroupEnd> since(Realm realm, int epoch) {
    return transactions.read(
        handle ->
            handle
                .createQuery(SINCE)
                .bind(0, realm.id())
                .bind(1, epoch)
                .map(
                    (row, context) ->
                        new GroupEnd(
                            new TokenGroup(
                                Axis.ofNumber(row.getInt(1)), TokenRows.text(row.getBytes(2))),
                            row.getInt(3),
                            Micros.toInstant(row.getLong(4))))
                .list());
  }
}
