package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.ForeignTokenPolicy;
import io.jeton.server.domain.ForeignTokenStore;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.server.storage.mysql.FamilyRows.Change;
import io.jeton.server.storage.mysql.FamilyRows.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The tables {@code foreign_token_policy} and {@code revoked_jti}, and the tokens taken over. */
final class ForeignTokens implements ForeignTokenStore {
  static final String REVOKED_JTI =
      "SELECT 1 FROM revoked_jti WHERE realm_id = ? AND key_name = ? AND jti = ?";

  static final String ADOPTED =
      "SELECT token_id, lookup, signing_key_id, family_id FROM token"
          + " WHERE foreign_jti = ? AND realm_id = ? ORDER BY token_id";

  private static final String REVOKED_FOR_SECRET =
      """
      SELECT 1 FROM signing_key AS signer
      JOIN signing_key AS twin
        ON twin.realm_id = signer.realm_id AND twin.fingerprint = signer.fingerprint
      JOIN revoked_jti
        ON revoked_jti.realm_id = twin.realm_id AND revoked_jti.key_name = twin.name
      WHERE signer.signing_key_id = ? AND revoked_jti.jti = ? LIMIT 1""";

  private static final String UNTIL =
      "SELECT until FROM revoked_jti WHERE realm_id = ? AND key_name = ? AND jti = ?";

  /** Nobody changes it until the transaction ends. */
  private static final String LOCK_UNTIL = UNTIL + " FOR UPDATE";

  private final Transactions transactions;
  private final AdoptToken adopt;

  ForeignTokens(Transactions transactions, TokenRows rows) {
    this.transactions = transactions;
    this.adopt = new AdoptToken(transactions, rows);
  }

  @Override
  public Map<Integer, Map<String, ForeignTokenPolicy>> policies() {
    return transactions.read(ForeignTokenPolicies::all);
  }

  @Override
  public void setPolicy(
      Realm realm, String keyName, Optional<ForeignTokenPolicy> policy, Instant at, Actor actor) {
    transactions.write(
        handle -> {
          Optional<ForeignTokenPolicy> before = ForeignTokenPolicies.lock(handle, realm, keyName);
          if (before.equals(policy)) {
            return false;
          }
          if (policy.isPresent()) {
            ForeignTokenPolicies.put(handle, realm, keyName, policy.get());
          } else {
            ForeignTokenPolicies.delete(handle, realm, keyName);
          }
          Audit.insert(handle, at, actor, "SetForeignTokens", realm.name().value(), keyName);
          return true;
        });
  }

  @Override
  public boolean addRevokedJti(
      Realm realm,
      String keyName,
      String jti,
      Optional<Instant> until,
      Instant at,
      Consumer<Lookup> ending,
      Actor actor) {
    return transactions.writeInLane(
        (handle, lane) -> {
          // Whoever takes over a token shares its key's lock: either is seen by the other.
          Set<Integer> keys = lockKeys(handle, realm, keyName);
          boolean isNew = note(handle, realm, keyName, jti, until);
          if (isNew) {
            Audit.insert(handle, at, actor, "RevokeJti", realm.name().value(), keyName);
          }
          int ended = 0;
          for (Adopted each : adopted(handle, realm, keys, jti)) {
            FamilyRows.lock(handle, each.family);
            Change change = new Change(actor, "RevokeFamily", each.family);
            ended +=
                each.isAlone
                    ? FamilyRows.endAlone(handle, lane, realm, each.row, at, change, ending)
                    : FamilyRows.end(handle, lane, realm, each.family, at, change, ending);
          }
          return isNew || ended > 0;
        });
  }

  /** Locks the keys of a name, and the others of the realm that have a secret of theirs. */
  private static Set<Integer> lockKeys(Handle handle, Realm realm, String keyName) {
    return handle
        .createQuery(
            """
            SELECT twin.signing_key_id FROM signing_key AS named
            JOIN signing_key AS twin
              ON twin.realm_id = named.realm_id AND twin.fingerprint = named.fingerprint
            WHERE named.realm_id = ? AND named.name = ? FOR UPDATE""")
        .bind(0, realm.id())
        .bind(1, TokenRows.bytes(keyName))
        .mapTo(Integer.class)
        .set();
  }

  /** The tokens of that claim that any of these keys vouched for, live or not. */
  private static List<Adopted> adopted(Handle handle, Realm realm, Set<Integer> keys, String jti) {
    return handle
        .createQuery(ADOPTED)
        .bind(0, TokenRows.bytes(jti))
        .bind(1, realm.id())
        .map(
            (row, context) -> {
              TokenId id = new TokenId(row.getLong(1));
              long family = row.getLong(4);
              return new Adopted(
                  new Row(id, Lookup.of(row.getBytes(2))),
                  row.getInt(3),
                  family == 0 ? id : new TokenId(family),
                  family == 0);
            })
        .filter(each -> keys.contains(each.key))
        .list();
  }

  /** A token that was taken over; one without a family stands for its own. */
  private record Adopted(Row row, int key, TokenId family, boolean isAlone) {}

  /** Makes or prolongs a note; answers whether that was a change. */
  private static boolean note(
      Handle handle, Realm realm, String keyName, String jti, Optional<Instant> until) {
    Optional<Optional<Instant>> before = until(handle, LOCK_UNTIL, realm, keyName, jti);
    if (before.isPresent() && isAsLong(before.get(), until)) {
      return false;
    }
    handle
        .createUpdate(
            """
            INSERT INTO revoked_jti (realm_id, key_name, jti, until) VALUES (?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE until = VALUES(until)""")
        .bind(0, realm.id())
        .bind(1, TokenRows.bytes(keyName))
        .bind(2, TokenRows.bytes(jti))
        .bind(3, TokenRows.micros(until))
        .execute();
    return true;
  }

  @Override
  public boolean isRevokedJtiUntil(
      Realm realm, String keyName, String jti, Optional<Instant> until) {
    return transactions.read(
        handle ->
            until(handle, UNTIL, realm, keyName, jti)
                .map(kept -> isAsLong(kept, until))
                .orElse(false));
  }

  /** Until when a note is kept, if there is one. */
  private static Optional<Optional<Instant>> until(
      Handle handle, String sql, Realm realm, String keyName, String jti) {
    return handle
        .createQuery(sql)
        .bind(0, realm.id())
        .bind(1, TokenRows.bytes(keyName))
        .bind(2, TokenRows.bytes(jti))
        .map((row, context) -> TokenRows.time(row, 1))
        .findOne();
  }

  /** Whether a note that is kept until the one time is kept until the other: empty is for ever. */
  private static boolean isAsLong(Optional<Instant> kept, Optional<Instant> wanted) {
    return kept.isEmpty() || (wanted.isPresent() && !kept.get().isBefore(wanted.get()));
  }

  @Override
  public boolean isRevokedJti(Realm realm, String keyName, String jti) {
    return transactions.read(handle -> isRevokedJti(handle, realm, keyName, jti));
  }

  static boolean isRevokedJti(Handle handle, Realm realm, String keyName, String jti) {
    return handle
        .createQuery(REVOKED_JTI)
        .bind(0, realm.id())
        .bind(1, TokenRows.bytes(keyName))
        .bind(2, TokenRows.bytes(jti))
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Whether a claim is noted under any name that has a key of this one's secret. */
  static boolean isRevokedJti(Handle handle, int signingKeyId, String jti) {
    return handle
        .createQuery(REVOKED_FOR_SECRET)
        .bind(0, signingKeyId)
        .bind(1, TokenRows.bytes(jti))
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  @Override
  public Optional<Token> adopt(Token token, String keyName, String jti, Instant at, Actor actor)
      throws DuplicateIdException {
    return adopt.adopt(token, keyName, jti, at, actor);
  }
}
