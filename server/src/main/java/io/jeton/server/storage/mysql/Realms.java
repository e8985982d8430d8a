package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.RealmStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** The table {@code realm}. A realm's id and name never change, so they are remembered. */
final class Realms implements RealmStore {
  private final Transactions transactions;
  private final Map<Integer, Realm> remembered = new ConcurrentHashMap<>();

  Realms(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Realm> all() {
    return transactions.read(Realms::select);
  }

  @Override
  public void ensure(RealmName name, Instant at) {
    transactions.write(handle -> insert(handle, name, at));
  }

  @Override
  public Imported put(RealmName name, Optional<ZoneId> zone, Instant at, Actor actor) {
    return transactions.write(handle -> put(handle, name, zone, at, actor));
  }

  @Override
  public Optional<ZoneId> zone(RealmName name) {
    return transactions.read(handle -> zone(handle, name, ""));
  }

  @Override
  public Map<RealmName, ZoneId> zones() {
    return transactions.read(Realms::zones);
  }

  private static Imported put(
      Handle handle, RealmName name, Optional<ZoneId> zone, Instant at, Actor actor) {
    boolean isNew = insert(handle, name, at) == 1;
    boolean isOtherZone = zone.isPresent() && !zone(handle, name, " FOR UPDATE").equals(zone);
    if (isOtherZone) {
      handle.execute(
          "UPDATE realm SET time_zone = ? WHERE name = ?",
          TokenRows.bytes(zone.get().getId()),
          TokenRows.bytes(name.value()));
    }
    if (!isNew && !isOtherZone) {
      return Imported.UNCHANGED;
    }
    Audit.insert(handle, at, actor, "ImportRealm", name.value(), name.value());
    return isNew ? Imported.CREATED : Imported.CHANGED;
  }

  private static int insert(Handle handle, RealmName name, Instant at) {
    return handle
        .createUpdate("INSERT IGNORE INTO realm (name, create_time) VALUES (?, ?)")
        .bind(0, TokenRows.bytes(name.value()))
        .bind(1, Micros.of(at))
        .execute();
  }

  private static Optional<ZoneId> zone(Handle handle, RealmName name, String lock) {
    return handle
        .createQuery("SELECT time_zone FROM realm WHERE name = ?" + lock)
        .bind(0, TokenRows.bytes(name.value()))
        .map((row, context) -> ZoneId.of(TokenRows.text(row.getBytes(1))))
        .findOne();
  }

  private static Map<RealmName, ZoneId> zones(Handle handle) {
    Map<RealmName, ZoneId> zones = new HashMap<>();
    handle
        .createQuery("SELECT name, time_zone FROM realm")
        .map(
            (row, context) ->
                zones.put(
                    new RealmName(TokenRows.text(row.getBytes(1))),
                    ZoneId.of(TokenRows.text(row.getBytes(2)))))
        .list();
    return zones;
  }

  Realm byId(Handle handle, int id) {
    Realm realm = remembered.get(id);
    if (realm == null) {
      select(handle).forEach(each -> remembered.put(each.id(), each));
      realm = remembered.get(id);
    }
    if (realm == null) {
      throw new IllegalStateException("a token has the unknown realm " + id);
    }
    return realm;
  }

  private static List<Realm> select(Handle handle) {
    return handle
        .createQuery("SELECT realm_id, name FROM realm ORDER BY realm_id")
        .map(
            (row, context) ->
                new Realm(row.getInt(1), new RealmName(TokenRows.text(row.getBytes(2)))))
        .list();
  }
}
