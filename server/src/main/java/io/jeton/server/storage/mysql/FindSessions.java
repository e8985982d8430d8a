package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Session;
import io.jeton.server.domain.SessionId;
import io.jeton.server.domain.SessionStore.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds and lists sessions. */
final class FindSessions {
  static final String BY_LOOKUP = "SELECT " + SessionRows.SEALED + " FROM session WHERE lookup = ?";

  static final String BY_ID =
      "SELECT " + SessionRows.SEALED + " FROM session WHERE session_id = ? AND realm_id = ?";

  static final String LIST =
      "SELECT "
          + SessionRows.COLUMNS
          + " FROM session WHERE realm_id = ? AND account_id = ? AND session_id > ?"
          + " AND expire_time > ? ORDER BY session_id LIMIT ?";

  private static final String LOCKED = " FOR UPDATE";

  private final Transactions transactions;
  private final SessionRows rows;

  FindSessions(Transactions transactions, SessionRows rows) {
    this.transactions = transactions;
    this.rows = rows;
  }

  Optional<Sealed> byLookup(Lookup lookup) {
    return transactions.read(handle -> byLookup(handle, lookup, ""));
  }

  /** The session of a sid, which nobody else changes until the transaction ends. */
  Optional<Sealed> lockedByLookup(Handle handle, Lookup lookup) {
    return byLookup(handle, lookup, LOCKED);
  }

  private Optional<Sealed> byLookup(Handle handle, Lookup lookup, String lock) {
    return handle
        .createQuery(BY_LOOKUP + lock)
        .bind(0, lookup.bytes())
        .map(rows.sealedMapper(handle))
        .findOne();
  }

  Optional<Session> byId(Realm realm, SessionId id) {
    return transactions.read(handle -> byId(handle, realm, id, "")).map(Sealed::session);
  }

  /** A session, which nobody else changes until the transaction ends. */
  Optional<Sealed> lockedById(Handle handle, Realm realm, SessionId id) {
    return byId(handle, realm, id, LOCKED);
  }

  /** A session as the transaction has made it. */
  Sealed changed(Handle handle, Realm realm, SessionId id) {
    return byId(handle, realm, id, "").orElseThrow();
  }

  private Optional<Sealed> byId(Handle handle, Realm realm, SessionId id, String lock) {
    return handle
        .createQuery(BY_ID + lock)
        .bind(0, id.value())
        .bind(1, realm.id())
        .map(rows.sealedMapper(handle))
        .findOne();
  }

  List<Session> list(
      Realm realm, AccountId account, Optional<SessionId> after, Instant now, int limit) {
    return transactions.read(
        handle ->
            handle
                .createQuery(LIST)
                .bind(0, realm.id())
                .bind(1, account.value())
                .bind(2, after.map(SessionId::value).orElse(0L))
                .bind(3, Micros.of(now))
                .bind(4, limit)
                .map(rows.mapper(handle))
                .list());
  }
}
