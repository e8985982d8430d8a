package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.feed.Lane;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Ends an account's tokens, as part of a transaction. */
final class EndTokens {
  private static final String OF_ACCOUNT = " WHERE realm_id = ? AND account_id = ? AND live = 1";

  static final String LIVE = "SELECT lookup FROM token" + OF_ACCOUNT + " FOR UPDATE";

  static final String END = FamilyRows.ENDED + OF_ACCOUNT;

  private EndTokens() {}

  /**
   * Locks the live tokens, which cannot become more: whoever adds one locks the account before, and
   * so must the caller of this.
   */
  static List<Lookup> live(Handle handle, Realm realm, AccountId account) {
    return handle
        .createQuery(LIVE)
        .bind(0, realm.id())
        .bind(1, account.value())
        .map((row, context) -> Lookup.of(row.getBytes(1)))
        .list();
  }

  /** Ends the tokens that {@link #live} gave, each with a revision. */
  static void end(
      Handle handle, Lane lane, Realm realm, AccountId account, List<Lookup> live, Instant at) {
    if (live.isEmpty()) {
      return;
    }
    handle.execute(END, Micros.of(at), realm.id(), account.value());
    Revisions.insert(handle, lane, live, at);
  }
}
