package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SigningKey;
import io.jeton.server.domain.SigningKeyStore;
import io.jeton.server.domain.TokenId;
import io.jeton.server.feed.Lane;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The table {@code signing_key}, and the end of what a key signed. */
final class SigningKeys implements SigningKeyStore {
  private static final int BATCH = 500;
  private static final String SELECT =
      "SELECT signing_key_id, realm_id, name, algorithm, create_time, retire_time, revoke_time,"
          + " public_jwk, wrapped, sign_time FROM signing_key ";

  /** The live tokens of a key that have no family, one batch of them. */
  static final String ALONE =
      "SELECT token_id, lookup FROM token FORCE INDEX (token_by_key)"
          + " WHERE signing_key_id = ? AND family_id IS NULL AND live = 1 LIMIT "
          + BATCH
          + " FOR UPDATE";

  /** The families that a key signed a token of, one batch of them, live or not. */
  static final String FAMILIES =
      "SELECT DISTINCT family_id FROM token WHERE signing_key_id = ? AND family_id > ?"
          + " ORDER BY family_id LIMIT "
          + BATCH;

  private final Transactions transactions;
  private final Realms realms;

  SigningKeys(Transactions transactions, Realms realms) {
    this.transactions = transactions;
    this.realms = realms;
  }

  @Override
  public List<WrappedKey> all() {
    return transactions.read(
        handle ->
            handle
                .createQuery(SELECT + "ORDER BY realm_id, name, ordinal")
                .map((row, context) -> new WrappedKey(key(handle, row), row.getBytes(9)))
                .list());
  }

  @Override
  public SigningKey add(NewKey key, Instant at, Actor actor) {
    return transactions.writeInLane(
        (handle, lane) -> {
          lock(handle, key.realm());
          Optional<SigningKey> same =
              handle
                  .createQuery(SELECT + "WHERE realm_id = ? AND name = ? AND fingerprint = ?")
                  .bind(0, key.realm().id())
                  .bind(1, TokenRows.bytes(key.name()))
                  .bind(2, key.fingerprint())
                  .map((row, context) -> key(handle, row))
                  .findOne();
          if (same.isPresent()) {
            return same.get();
          }
          int id = insert(handle, key, at);
          Revisions.insertKey(handle, lane, key.realm(), id, at);
          Audit.insert(handle, at, actor, "CreateSigningKey", key.realm().name().value(), "" + id);
          return select(handle, key.realm(), id, "").orElseThrow();
        });
  }

  @Override
  public void addFirst(NewKey key, Instant at, Actor actor) {
    transactions.writeInLane(
        (handle, lane) -> {
          lock(handle, key.realm());
          if (lastOrdinal(handle, key) > 0) {
            return false;
          }
          int id = insert(handle, key, at);
          Revisions.insertKey(handle, lane, key.realm(), id, at);
          Audit.insert(handle, at, actor, "CreateSigningKey", key.realm().name().value(), "" + id);
          return true;
        });
  }

  @Override
  public SigningKey retire(Realm realm, int id, boolean emergency, Instant at, Actor actor) {
    return transactions.writeInLane(
        (handle, lane) -> {
          SigningKey key =
              select(handle, realm, id, " FOR UPDATE")
                  .orElseThrow(() -> RefusedException.of(Refusal.SIGNING_KEY_NOT_FOUND));
          if (emergency ? key.isRevoked() : key.isRetired()) {
            return key;
          }
          handle.execute(
              "UPDATE signing_key SET retire_time = ?, revoke_time = ? WHERE signing_key_id = ?",
              Micros.of(key.retireTime().orElse(at)),
              emergency ? Micros.of(at) : null,
              id);
          Revisions.insertKey(handle, lane, realm, id, at);
          Audit.insert(
              handle,
              at,
              actor,
              emergency ? "RevokeSigningKey" : "RetireSigningKey",
              realm.name().value(),
              "" + id);
          return select(handle, realm, id, "").orElseThrow();
        });
  }

  @Override
  public Batch revokeTokens(
      Realm realm, int id, long after, Instant at, Consumer<Lookup> ending, Actor actor) {
    return transactions.writeInLane(
        (handle, lane) -> {
          int alone = endAlone(handle, lane, id, at, ending);
          // No family comes by a token of the key any more, so none of them need be locked yet.
          List<TokenId> families = alone == 0 ? families(handle, id, after) : List.<TokenId>of();
          int ended = alone;
          for (TokenId family : families) {
            FamilyRows.lock(handle, family);
            ended += FamilyRows.endRows(handle, lane, family, at, ending);
          }
          if (ended > 0) {
            Audit.insert(handle, at, actor, "RevokeTokensOfKey", realm.name().value(), "" + id);
          }
          return new Batch(
              ended,
              families.isEmpty() ? after : families.get(families.size() - 1).value(),
              alone == 0 && families.isEmpty());
        });
  }

  private static int endAlone(
      Handle handle, Lane lane, int id, Instant at, Consumer<Lookup> ending) {
    List<Signed> batch =
        handle
            .createQuery(ALONE)
            .bind(0, id)
            .map((row, context) -> new Signed(row.getLong(1), Lookup.of(row.getBytes(2))))
            .list();
    if (!batch.isEmpty()) {
      batch.forEach(each -> ending.accept(each.lookup));
      handle
          .createUpdate("UPDATE token SET live = NULL, revoke_time = :at WHERE token_id IN (<ids>)")
          .bind("at", Micros.of(at))
          .bindList("ids", batch.stream().map(Signed::id).toList())
          .execute();
      batch.forEach(each -> Revisions.insert(handle, lane, each.lookup, at));
    }
    return batch.size();
  }

  private static List<TokenId> families(Handle handle, int id, long after) {
    return handle
        .createQuery(FAMILIES)
        .bind(0, id)
        .bind(1, after)
        .map((row, context) -> new TokenId(row.getLong(1)))
        .list();
  }

  /**
   * Refuses to insert a token that a revoked key signed, and holds off the key's revocation until
   * the transaction has ended: so that none slips in behind the revocation of all the others.
   */
  static void requireNotRevoked(Handle handle, int id) {
    if (!isUsable(handle, id)) {
      throw RefusedException.of(Refusal.SIGNING_KEY_RETIRED);
    }
  }

  /** Whether a key is not revoked, nor will be until the transaction has ended. */
  static boolean isUsable(Handle handle, int id) {
    return handle
        .createQuery(
            """
            SELECT 1 FROM signing_key WHERE signing_key_id = ? AND revoke_time IS NULL
            LOCK IN SHARE MODE""")
        .bind(0, id)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** A token that is about to end. */
  private record Signed(long id, Lookup lookup) {}

  /** Makes those who add keys to a realm wait for each other. */
  private static void lock(Handle handle, Realm realm) {
    handle
        .createQuery("SELECT realm_id FROM realm WHERE realm_id = ? FOR UPDATE")
        .bind(0, realm.id())
        .mapTo(Integer.class)
        .one();
  }

  private static int lastOrdinal(Handle handle, NewKey key) {
    return handle
        .createQuery(
            "SELECT COALESCE(MAX(ordinal), 0) FROM signing_key WHERE realm_id = ? AND name = ?")
        .bind(0, key.realm().id())
        .bind(1, TokenRows.bytes(key.name()))
        .mapTo(Integer.class)
        .one();
  }

  private static int insert(Handle handle, NewKey key, Instant at) {
    int ordinal = lastOrdinal(handle, key) + 1;
    try (Update update =
        handle.createUpdate(
            """
            INSERT INTO signing_key
              (realm_id, name, ordinal, algorithm, wrapped, fingerprint, public_jwk, create_time,
               sign_time)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
      return update
          .bind(0, key.realm().id())
          .bind(1, TokenRows.bytes(key.name()))
          .bind(2, ordinal)
          .bind(3, TokenRows.bytes(key.algorithm().name()))
          .bind(4, key.wrapped())
          .bind(5, key.fingerprint())
          .bind(6, TokenRows.bytes(key.publicJwk()))
          .bind(7, Micros.of(at))
          .bind(8, TokenRows.micros(key.signTime()))
          .executeAndReturnGeneratedKeys()
          .mapTo(Integer.class)
          .one();
    }
  }

  private Optional<SigningKey> select(Handle handle, Realm realm, int id, String lock) {
    return handle
        .createQuery(SELECT + "WHERE signing_key_id = ? AND realm_id = ?" + lock)
        .bind(0, id)
        .bind(1, realm.id())
        .map((row, context) -> key(handle, row))
        .findOne();
  }

  private SigningKey key(Handle handle, ResultSet row) throws SQLException {
    return new SigningKey(
        row.getInt(1),
        realms.byId(handle, row.getInt(2)),
        TokenRows.text(row.getBytes(3)),
        Algorithm.valueOf(TokenRows.text(row.getBytes(4))),
        Micros.toInstant(row.getLong(5)),
        TokenRows.time(row, 6),
        TokenRows.time(row, 7),
        Optional.ofNullable(row.getBytes(8)).map(TokenRows::text),
        TokenRows.time(row, 10));
  }
}
