package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Holds accounts active while a transaction adds or renews their tokens: whoever disables or bans
 * one waits for the transaction, and then finds its tokens.
 */
final class ActiveAccounts {
  static final String LOCK =
      """
      SELECT disable_time IS NULL AND ban_time IS NULL FROM account
      WHERE realm_id = ? AND account_id = ? LOCK IN SHARE MODE""";

  private ActiveAccounts() {}

  /**
   * Locks an account until the transaction ends. Comes before any lock of a token.
   *
   * @throws RefusedException ACCOUNT_NOT_FOUND, ACCOUNT_INACTIVE
   */
  static void require(Handle handle, Realm realm, AccountId account) {
    if (!isActive(handle, realm, account)) {
      throw RefusedException.of(Refusal.ACCOUNT_INACTIVE);
    }
  }

  /**
   * Locks those of several accounts of a realm likewise that can be locked at once and are active,
   * and says which.
   */
  static Set<Long> lockAtOnce(Handle handle, Realm realm, List<AccountId> accounts) {
    List<Long> ids = accounts.stream().map(AccountId::value).distinct().sorted().toList();
    Set<Long> active = new HashSet<>();
    Parts.of(
        ids,
        part -> {
          try (Query query = handle.createQuery(lockAtOnce(part.size()))) {
            query.bind(0, realm.id());
            for (int i = 0; i < part.size(); i++) {
              query.bind(i + 1, part.get(i));
            }
            active.addAll(query.mapTo(Long.class).list());
          }
        });
    return active;
  }

  static String lockAtOnce(int count) {
    return """
        SELECT account_id FROM account
        WHERE realm_id = ? AND account_id IN (%s) AND disable_time IS NULL AND ban_time IS NULL
        LOCK IN SHARE MODE SKIP LOCKED"""
        .formatted(Parts.places(count));
  }

  /**
   * Locks an account likewise, and says whether it is active.
   *
   * @throws RefusedException ACCOUNT_NOT_FOUND
   */
  static boolean isActive(Handle handle, Realm realm, AccountId account) {
    Optional<Boolean> active;
    try (Query query = handle.createQuery(LOCK)) {
      active = query.bind(0, realm.id()).bind(1, account.value()).mapTo(Boolean.class).findOne();
    }
    return active.orElseThrow(() -> RefusedException.of(Refusal.ACCOUNT_NOT_FOUND));
  }
}
