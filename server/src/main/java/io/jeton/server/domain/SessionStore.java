package io.jeton.server.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps sessions, their data encrypted. Each change and its audit record are one transaction; a
 * slide has no record. It answers expired sessions until they are removed, since only its caller
 * knows of slides that are still to be written. Implementations are safe for use by several
 * threads. Blocks.
 */
public interface SessionStore {
  /**
   * Adds a session, in the place of one of its sid that has expired.
   *
   * @throws RefusedException SESSION_EXISTS, ACCOUNT_NOT_FOUND, ACCOUNT_INACTIVE
   */
  Session create(Realm realm, NewSession session, Instant at, Actor actor);

  /**
   * Adds a session, or brings the one of its sid to these values; it never ends earlier by that.
   * Its account is not asked for.
   *
   * @param isSameData whether data as it is kept is what the session is to have
   */
  Imported put(
      Realm realm, NewSession session, Predicate<byte[]> isSameData, Instant at, Actor actor);

  /** The session of a sid. */
  Optional<Sealed> find(Lookup lookup);

  Optional<Session> find(Realm realm, SessionId id);

  /** The sessions of an account that end after this instant, the oldest first. */
  List<Session> list(
      Realm realm, AccountId account, Optional<SessionId> after, Instant now, int limit);

  /**
   * Changes a session. A change that changes nothing leaves no trace.
   *
   * @throws RefusedException SESSION_NOT_FOUND, ACCOUNT_NOT_FOUND, ACCOUNT_INACTIVE
   */
  Sealed update(Realm realm, SessionId id, SessionChange change, Instant at, Actor actor);

  /** Removes a session; false when there is none. */
  boolean destroy(Realm realm, SessionId id, Instant at, Actor actor);

  /**
   * Removes every session of a realm and answers how many there were. One record says so, whether
   * there was any; many sessions take several transactions, and it comes with the first.
   */
  int destroyAll(Realm realm, Instant at, Actor actor);

  /** Lets sessions last until these instants at least; those that are gone stay gone. */
  void slide(Map<SessionId, Instant> ends);

  /** A session and its data, encrypted under the sid. */
  record Sealed(Session session, byte[] data) {}
}
