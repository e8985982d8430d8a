package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Application;
import io.jeton.server.domain.ApplicationChange;
import io.jeton.server.domain.ApplicationStore;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.feed.Lane;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The table {@code application}. */
final class Applications implements ApplicationStore {
  private static final String SELECT =
      """
      SELECT application_id, realm_id, app_id, encrypt_type, public_key, disable_time, create_time,
             update_time, sealed_access_key, sealed_push_secret
      FROM application\s""";

  static final String ALL = SELECT + "ORDER BY realm_id, app_id";
  static final String BY_APP_ID = SELECT + "WHERE realm_id = ? AND app_id = ?";
  static final String LIST = SELECT + "WHERE realm_id = ? AND app_id > ? ORDER BY app_id LIMIT ?";

  private static final String INSERT =
      """
      INSERT INTO application (realm_id, app_id, encrypt_type, public_key, disable_time,
                               sealed_access_key, sealed_push_secret, create_time, update_time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private static final String UPDATE =
      """
      UPDATE application
      SET encrypt_type = ?, public_key = ?, disable_time = ?, sealed_access_key = ?, update_time = ?
      WHERE application_id = ?""";

  private final Transactions transactions;
  private final Realms realms;

  Applications(Transactions transactions, Realms realms) {
    this.transactions = transactions;
    this.realms = realms;
  }

  @Override
  public List<SealedApplication> all() {
    return transactions.read(
        handle -> handle.createQuery(ALL).map((row, any) -> sealed(handle, row)).list());
  }

  @Override
  public Optional<SealedApplication> find(Realm realm, String appId) {
    return transactions.read(handle -> select(handle, realm, appId, ""));
  }

  @Override
  public List<Application> list(Realm realm, Optional<String> after, int limit) {
    return transactions.read(
        handle ->
            handle
                .createQuery(LIST)
                .bind(0, realm.id())
                .bind(1, TokenRows.bytes(after.orElse("")))
                .bind(2, limit)
                .map((row, any) -> application(handle, row))
                .list());
  }

  @Override
  public Application create(Realm realm, NewApplication application, Instant at, Actor actor) {
    try {
      return transactions.writeInLane(
          (handle, lane) -> {
            int id = insert(handle, realm, application, at);
            note(handle, lane, realm, id, at, actor, "CreateApplication");
            return existing(handle, realm, application.appId(), "").application();
          });
    } catch (RuntimeException e) {
      if (StoreFailures.duplicateKey(e).isPresent()) {
        throw RefusedException.of(Refusal.APPLICATION_EXISTS);
      }
      throw e;
    }
  }

  @Override
  public Application update(
      Realm realm, String appId, ApplicationChange change, Instant at, Actor actor) {
    return transactions.writeInLane(
        (handle, lane) -> {
          SealedApplication before = existing(handle, realm, appId, " FOR UPDATE");
          Application after = change.applied(before.application(), at);
          byte[] accessKey = change.accessKey().orElse(before.accessKey());
          if (after.equals(before.application()) && Arrays.equals(accessKey, before.accessKey())) {
            return after;
          }
          handle.execute(
              UPDATE,
              after.encryptType(),
              TokenRows.bytes(after.publicKey()),
              TokenRows.micros(after.disableTime()),
              accessKey,
              Micros.of(at),
              after.id());
          note(handle, lane, realm, after.id(), at, actor, "UpdateApplication");
          return existing(handle, realm, appId, "").application();
        });
  }

  private static void note(
      Handle handle, Lane lane, Realm realm, int id, Instant at, Actor actor, String action) {
    Revisions.insertApplication(handle, lane, realm, id, at);
    Audit.insert(handle, at, actor, action, realm.name().value(), Integer.toString(id));
  }

  private static int insert(Handle handle, Realm realm, NewApplication application, Instant at) {
    Long now = Micros.of(at);
    try (Update update = handle.createUpdate(INSERT)) {
      return update
          .bind(0, realm.id())
          .bind(1, TokenRows.bytes(application.appId()))
          .bind(2, application.encryptType())
          .bind(3, TokenRows.bytes(application.publicKey()))
          .bind(4, application.disabled() ? now : null)
          .bind(5, application.accessKey())
          .bind(6, application.pushSecret())
          .bind(7, now)
          .bind(8, now)
          .executeAndReturnGeneratedKeys()
          .mapTo(Integer.class)
          .one();
    }
  }

  private SealedApplication existing(Handle handle, Realm realm, String appId, String lock) {
    return select(handle, realm, appId, lock)
        .orElseThrow(() -> RefusedException.of(Refusal.APPLICATION_NOT_FOUND));
  }

  private Optional<SealedApplication> select(
      Handle handle, Realm realm, String appId, String lock) {
    try (Query query = handle.createQuery(BY_APP_ID + lock)) {
      return query
          .bind(0, realm.id())
          .bind(1, TokenRows.bytes(appId))
          .map((row, any) -> sealed(handle, row))
          .findOne();
    }
  }

  private SealedApplication sealed(Handle handle, ResultSet row) throws SQLException {
    return new SealedApplication(application(handle, row), row.getBytes(9), row.getBytes(10));
  }

  private Application application(Handle handle, ResultSet row) throws SQLException {
    return new Application(
        row.getInt(1),
        realms.byId(handle, row.getInt(2)),
        TokenRows.text(row.getBytes(3)),
        row.getInt(4),
        TokenRows.text(row.getBytes(5)),
        TokenRows.time(row, 6),
        Micros.toInstant(row.getLong(7)),
        Micros.toInstant(row.getLong(8)));
  }
}
