package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.ForeignTokenPolicy;
import io.jeton.server.domain.ForeignTokenStore;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables {@code foreign_token_policy} and {@code revoked_jti}, and the tokens taken over. */
final class ForeignTokens implements ForeignTokenStore {
  static final String REVOKED_JTI =
      "SELECT 1 FROM revoked_jti WHERE realm_id = ? AND key_name = ? AND jti = ?";

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
      Realm realm, String keyName, String jti, Optional<Instant> until, Instant at, Actor actor) {
    return transactions.write(
        handle -> {
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
          Audit.insert(handle, at, actor, "RevokeJti", realm.name().value(), keyName);
          return true;
        });
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

  @Override
  public Optional<Token> adopt(Token token, String keyName, String jti, Instant at, Actor actor)
      throws DuplicateIdException {
    return adopt.adopt(token, keyName, jti, at, actor);
  }
}
