package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A login on a website. Immutable; never holds the sid, nor the data in clear.
 *
 * @param account who is logged in; empty: nobody is
 * @param expireTime the first instant at which it is no longer valid
 */
public record Session(
    Realm realm,
    SessionId id,
    Optional<AccountId> account,
    Instant createTime,
    Instant expireTime) {

  /** Whether it can still be used. */
  public boolean isLive(Instant now) {
    return expireTime.isAfter(now);
  }

  /** The same, until this instant at least. */
  public Session lasting(Instant end) {
    return end.isAfter(expireTime) ? new Session(realm, id, account, createTime, end) : this;
  }
}
