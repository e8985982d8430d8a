package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.NewSession;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Session;
import io.jeton.server.domain.SessionChange;
import io.jeton.server.domain.SessionId;
import io.jeton.server.domain.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The table {@code session}. */
final class Sessions implements SessionStore {
  private static final String INSERT =
      """
      INSERT INTO session (realm_id, lookup, account_id, sealed_data, create_time, expire_time)
      VALUES (?, ?, ?, ?, ?, ?)""";

  /** With the bare column MariaDB 10.11 goes through all that have expired instead. */
  static final String REMOVE_EXPIRED =
      "DELETE FROM session WHERE lookup = ? AND expire_time + 0 <= ?";

  static final String UPDATE =
      """
      UPDATE session SET account_id = ?, sealed_data = ?, expire_time = ?
      WHERE session_id = ?""";

  static final String DESTROY = "DELETE FROM session WHERE session_id = ? AND realm_id = ?";

  private static final int BATCH = 500;

  static final String DESTROY_SOME =
      "DELETE FROM session WHERE realm_id = ? ORDER BY account_id, session_id LIMIT " + BATCH;

  private final Transactions transactions;
  private final FindSessions finder;
  private final SlideSessions slider;

  Sessions(Transactions transactions, SessionRows rows) {
    this.transactions = transactions;
    this.finder = new FindSessions(transactions, rows);
    this.slider = new SlideSessions(transactions);
  }

  @Override
  public Session create(Realm realm, NewSession session, Instant at, Actor actor) {
    try {
      return transactions.write(
          handle -> {
            requireActive(handle, realm, session.account());
            handle.execute(REMOVE_EXPIRED, session.lookup().bytes(), Micros.of(at));
            return insert(handle, realm, session, at, actor, "CreateSession");
          });
    } catch (RuntimeException e) {
      throw isTaken(e) ? RefusedException.of(Refusal.SESSION_EXISTS) : e;
    }
  }

  @Override
  public Imported put(
      Realm realm, NewSession session, Predicate<byte[]> isSameData, Instant at, Actor actor) {
    try {
      return transactions.write(handle -> put(handle, realm, session, isSameData, at, actor));
    } catch (RuntimeException e) {
      if (!isTaken(e)) {
        throw e;
      }
      // Somebody else has added it in between: now it is there.
      return transactions.write(handle -> put(handle, realm, session, isSameData, at, actor));
    }
  }

  private Imported put(
      Handle handle,
      Realm realm,
      NewSession session,
      Predicate<byte[]> isSameData,
      Instant at,
      Actor actor) {
    Optional<Sealed> present = finder.lockedByLookup(handle, session.lookup());
    if (present.isEmpty()) {
      insert(handle, realm, session, at, actor, "ImportSession");
      return Imported.CREATED;
    }
    Session before = present.get().session();
    boolean isSame = isSameData.test(present.get().data());
    SessionChange change =
        new SessionChange(
            Optional.of(session.account()),
            isSame ? Optional.empty() : Optional.of(session.sealedData()),
            Optional.of(before.lasting(session.expireTime()).expireTime()));
    return change(handle, present.get(), change, at, actor, "ImportSession")
        ? Imported.CHANGED
        : Imported.UNCHANGED;
  }

  @Override
  public Optional<Sealed> find(Lookup lookup) {
    return finder.byLookup(lookup);
  }

  @Override
  public Optional<Session> find(Realm realm, SessionId id) {
    return finder.byId(realm, id);
  }

  @Override
  public List<Session> list(
      Realm realm, AccountId account, Optional<SessionId> after, Instant now, int limit) {
    return finder.list(realm, account, after, now, limit);
  }

  @Override
  public Sealed update(Realm realm, SessionId id, SessionChange change, Instant at, Actor actor) {
    return transactions.write(
        handle -> {
          requireActive(handle, realm, change.account().orElse(Optional.empty()));
          Sealed before =
              finder
                  .lockedById(handle, realm, id)
                  .orElseThrow(() -> RefusedException.of(Refusal.SESSION_NOT_FOUND));
          return change(handle, before, change, at, actor, "UpdateSession")
              ? finder.changed(handle, realm, id)
              : before;
        });
  }

  /** Changes a locked session; false when nothing of it changes. */
  private static boolean change(
      Handle handle, Sealed before, SessionChange change, Instant at, Actor actor, String action) {
    Session after = change.applied(before.session());
    if (change.sealedData().isEmpty() && isSame(after, before.session())) {
      return false;
    }
    try (Update update = handle.createUpdate(UPDATE)) {
      update
          .bind(0, SessionRows.id(after.account()))
          .bind(1, change.sealedData().orElse(before.data()))
          .bind(2, Micros.of(after.expireTime()))
          .bind(3, after.id().value())
          .execute();
    }
    record(handle, after.realm(), after.id(), at, actor, action);
    return true;
  }

  private static boolean isSame(Session after, Session before) {
    return after.account().equals(before.account())
        && Micros.of(after.expireTime()) == Micros.of(before.expireTime());
  }

  @Override
  public boolean destroy(Realm realm, SessionId id, Instant at, Actor actor) {
    return transactions.write(
        handle -> {
          boolean isGone = handle.execute(DESTROY, id.value(), realm.id()) == 1;
          if (isGone) {
            record(handle, realm, id, at, actor, "DestroySession");
          }
          return isGone;
        });
  }

  @Override
  public int destroyAll(Realm realm, Instant at, Actor actor) {
    int total =
        transactions.write(
            handle -> {
              Audit.insert(handle, at, actor, "DestroySession", realm.name().value(), "realm");
              return handle.execute(DESTROY_SOME, realm.id());
            });
    for (int last = total; last == BATCH; total += last) {
      last = transactions.write(handle -> handle.execute(DESTROY_SOME, realm.id()));
    }
    return total;
  }

  @Override
  public void slide(Map<SessionId, Instant> ends) {
    slider.slide(ends);
  }

  private Session insert(
      Handle handle, Realm realm, NewSession session, Instant at, Actor actor, String action) {
    long id;
    try (Update update = handle.createUpdate(INSERT)) {
      id =
          update
              .bind(0, realm.id())
              .bind(1, session.lookup().bytes())
              .bind(2, SessionRows.id(session.account()))
              .bind(3, session.sealedData())
              .bind(4, Micros.of(at))
              .bind(5, Micros.of(session.expireTime()))
              .executeAndReturnGeneratedKeys()
              .mapTo(Long.class)
              .one();
    }
    SessionId added = new SessionId(id);
    record(handle, realm, added, at, actor, action);
    return finder.changed(handle, realm, added).session();
  }

  private static void requireActive(Handle handle, Realm realm, Optional<AccountId> account) {
    account.ifPresent(id -> ActiveAccounts.require(handle, realm, id));
  }

  private static void record(
      Handle handle, Realm realm, SessionId id, Instant at, Actor actor, String action) {
    Audit.insert(handle, at, actor, action, realm.name().value(), id.toString());
  }

  private static boolean isTaken(RuntimeException e) {
    return StoreFailures.duplicateKey(e).filter("session_lookup"::equals).isPresent();
  }
}
