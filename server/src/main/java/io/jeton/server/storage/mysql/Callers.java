package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.CallerStore;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables {@code caller} and {@code caller_grant}. */
final class Callers implements CallerStore {
  private static final String SELECT =
      "SELECT caller_id, name, create_time, disable_time, key_digest FROM caller ";

  private final Transactions transactions;

  Callers(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Map<Lookup, Caller> enabledByKey() {
    return transactions.read(
        handle -> {
          // The callers first: one that is made in between is missed, not found without its grants.
          Map<Lookup, Caller> callers = new LinkedHashMap<>();
          handle
              .createQuery(SELECT + "WHERE disable_time IS NULL")
              .map(
                  (row, context) ->
                      callers.put(
                          Lookup.of(row.getBytes(5)), caller(row, new GrantRows().grants())))
              .list();
          Map<Integer, GrantRows> grants = new HashMap<>();
          handle
              .createQuery("SELECT realm, permissions, sign_keys, caller_id FROM caller_grant")
              .map(
                  (row, context) ->
                      grants.computeIfAbsent(row.getInt(4), any -> new GrantRows()).add(row))
              .list();
          callers.replaceAll(
              (key, caller) ->
                  new Caller(
                      caller.id(),
                      caller.name(),
                      grants.getOrDefault(caller.id(), new GrantRows()).grants(),
                      caller.createTime(),
                      caller.disableTime()));
          return callers;
        });
  }

  @Override
  public Optional<Caller> byName(String name) {
    return transactions.read(handle -> select(handle, name, ""));
  }

  @Override
  public List<Caller> list(Optional<String> after, int limit) {
    return transactions.read(
        handle ->
            handle
                .createQuery(SELECT + "WHERE name > ? ORDER BY name LIMIT ?")
                .bind(0, TokenRows.bytes(after.orElse("")))
                .bind(1, limit)
                .map((row, context) -> caller(row, grants(handle, row.getInt(1))))
                .list());
  }

  @Override
  public Caller create(String name, Lookup keyDigest, Grants grants, Instant at, Actor actor) {
    try {
      return transactions.write(
          handle -> {
            int id =
                handle
                    .createUpdate(
                        "INSERT INTO caller (name, key_digest, create_time) VALUES (?, ?, ?)")
                    .bind(0, TokenRows.bytes(name))
                    .bind(1, keyDigest.bytes())
                    .bind(2, Micros.of(at))
                    .executeAndReturnGeneratedKeys()
                    .mapTo(Integer.class)
                    .one();
            insertGrants(handle, id, grants);
            Audit.insert(handle, at, actor, "CreateCaller", "", name);
            return select(handle, name, "").orElseThrow();
          });
    } catch (RuntimeException e) {
      if (StoreFailures.duplicateKey(e).filter("caller_name"::equals).isPresent()) {
        throw RefusedException.of(Refusal.CALLER_EXISTS);
      }
      throw e;
    }
  }

  @Override
  public Caller update(String name, Grants grants, Instant at, Actor actor) {
    return transactions.write(
        handle -> {
          lockAdministrators(handle);
          Caller caller = locked(handle, name);
          if (caller.isDisabled()) {
            throw RefusedException.of(Refusal.CALLER_DISABLED);
          }
          handle.execute("DELETE FROM caller_grant WHERE caller_id = ?", caller.id());
          insertGrants(handle, caller.id(), grants);
          requireAdministrator(handle);
          Audit.insert(handle, at, actor, "UpdateCaller", "", name);
          return select(handle, name, "").orElseThrow();
        });
  }

  @Override
  public Caller disable(String name, Instant at, Actor actor) {
    return transactions.write(
        handle -> {
          lockAdministrators(handle);
          Caller caller = locked(handle, name);
          if (caller.isDisabled()) {
            return caller;
          }
          handle.execute(
              "UPDATE caller SET disable_time = ? WHERE caller_id = ?", Micros.of(at), caller.id());
          requireAdministrator(handle);
          Audit.insert(handle, at, actor, "DisableCaller", "", name);
          return select(handle, name, "").orElseThrow();
        });
  }

  @Override
  public boolean isEmpty() {
    return transactions.read(
        handle ->
            handle
                .createQuery("SELECT 1 FROM caller LIMIT 1")
                .mapTo(Integer.class)
                .findOne()
                .isEmpty());
  }

  /** Makes changes that could end the last administrator wait for each other. */
  private static void lockAdministrators(Handle handle) {
    handle
        .createQuery("SELECT caller_id FROM caller_grant WHERE realm = '*' FOR UPDATE")
        .mapTo(Integer.class)
        .list();
  }

  private static void requireAdministrator(Handle handle) {
    boolean hasOne =
        handle
            .createQuery(
                """
                SELECT permissions FROM caller_grant JOIN caller USING (caller_id)
                WHERE realm = '*' AND disable_time IS NULL""")
            .map((row, context) -> Grants.ofBits(Map.of(Grants.ALL_REALMS, row.getInt(1))))
            .list()
            .stream()
            .anyMatch(Grants::isAdministrator);
    if (!hasOne) {
      throw RefusedException.of(Refusal.LAST_ADMINISTRATOR);
    }
  }

  private static Caller locked(Handle handle, String name) {
    return select(handle, name, " FOR UPDATE")
        .orElseThrow(() -> RefusedException.of(Refusal.CALLER_NOT_FOUND));
  }

  private static Optional<Caller> select(Handle handle, String name, String lock) {
    return handle
        .createQuery(SELECT + "WHERE name = ?" + lock)
        .bind(0, TokenRows.bytes(name))
        .map((row, context) -> caller(row, grants(handle, row.getInt(1))))
        .findOne();
  }

  private static void insertGrants(Handle handle, int callerId, Grants grants) {
    grants
        .bits()
        .forEach(
            (realm, bits) ->
                handle.execute(
                    "INSERT INTO caller_grant (caller_id, realm, permissions, sign_keys)"
                        + " VALUES (?, ?, ?, ?)",
                    callerId,
                    TokenRows.bytes(realm),
                    bits,
                    TokenRows.bytes(
                        String.join(
                            " ",
                            grants.signKeys().getOrDefault(realm, Collections.emptySortedSet())))));
  }

  private static Grants grants(Handle handle, int callerId) {
    GrantRows grants = new GrantRows();
    handle
        .createQuery("SELECT realm, permissions, sign_keys FROM caller_grant WHERE caller_id = ?")
        .bind(0, callerId)
        .map((row, context) -> grants.add(row))
        .list();
    return grants.grants();
  }

  private static Caller caller(ResultSet row, Grants grants) throws SQLException {
    return new Caller(
        row.getInt(1),
        TokenRows.text(row.getBytes(2)),
        grants,
        Micros.toInstant(row.getLong(3)),
        TokenRows.time(row, 4));
  }
}
