package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Takes over a token of an original server.
 *
 * <p>All who take over tokens of one account wait for each other at its row: whoever is through
 * sees every row that the others made, also one that was revoked since. A ban waits there too, and
 * then ends the new row with the others.
 */
final class AdoptToken {
  static final String ACCOUNT =
      "SELECT 1 FROM account WHERE realm_id = ? AND account_id = ? AND disable_time IS NULL"
          + " AND ban_time IS NULL AND (end_time IS NULL OR end_time < ?) FOR UPDATE";

  private final Transactions transactions;
  private final TokenRows rows;

  AdoptToken(Transactions transactions, TokenRows rows) {
    this.transactions = transactions;
    this.rows = rows;
  }

  Optional<Token> adopt(Token token, String keyName, String jti, Instant at, Actor actor)
      throws DuplicateIdException {
    try {
      return transactions.writeInLane(
          (handle, lane) -> {
            boolean isAccountActive = isActive(handle, token);
            Optional<Token> present = find(handle, token);
            if (present.isPresent()
                || !isAccountActive
                || !SigningKeys.isUsable(handle, token.ties().signingKeyId())
                || ForeignTokens.isRevokedJti(handle, token.realm(), keyName, jti)
                || ForeignTokens.isRevokedJti(handle, token.ties().signingKeyId(), jti)) {
              return present;
            }
            // No group may be ended between this and the commit.
            int epoch = EpochRows.hold(handle, token.realm());
            if (EpochRows.isEndedSinceIssue(handle, token)) {
              return Optional.empty();
            }
            InsertToken.foreign(handle, token, jti);
            // Nodes may hold that it is absent.
            Revisions.insert(handle, lane, token.lookup(), at);
            Realm realm = token.realm();
            Audit.insert(
                handle, at, actor, "AdoptToken", realm.name().value(), token.id().toString());
            return Optional.of(token.inEpoch(epoch));
          });
    } catch (RefusedException e) {
      if (e.refusal() != Refusal.TOKEN_EXISTS) {
        throw e;
      }
      // That caller's token, which has ended already.
      return transactions.read(handle -> find(handle, token));
    } catch (RuntimeException e) {
      String key = StoreFailures.duplicateKey(e).orElseThrow(() -> e);
      if (key.equals("token_lookup")) {
        // Not another adoption, which would have waited, but a caller who chose this very text.
        return transactions.read(handle -> find(handle, token));
      }
      throw new DuplicateIdException();
    }
  }

  private static boolean isActive(Handle handle, Token token) {
    return handle
        .createQuery(ACCOUNT)
        .bind(0, token.realm().id())
        .bind(1, token.ties().accountId().map(AccountId::value).orElseThrow())
        .bind(2, Micros.of(token.issueTime()))
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** The token of this key: the live one, else the last that was revoked. */
  private Optional<Token> find(Handle handle, Token token) {
    for (String sql : new String[] {FindTokens.live(1), FindTokens.lastRevoked(1)}) {
      Optional<Token> found =
          handle
              .createQuery(sql)
              .bind(0, token.lookup().bytes())
              .map(rows.mapper(handle))
              .findOne();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
