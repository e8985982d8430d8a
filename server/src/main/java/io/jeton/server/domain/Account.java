package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who can log in. Immutable; never holds the password or its hash.
 *
 * @param hasPassword whether there is a password; without one no login succeeds
 * @param disableTime when it was disabled: it then looks as if it did not exist
 * @param banTime when it was banned: it may then not log in, and is told so
 * @param endTime when its tokens were last ended
 * @param profile a JSON object that is kept as it came
 * @param updateTime when it was last changed, other than by a login
 */
public record Account(
    Realm realm,
    AccountId id,
    Names names,
    boolean hasPassword,
    Optional<Instant> disableTime,
    Optional<Instant> banTime,
    Optional<Instant> endTime,
    String profile,
    Instant createTime,
    Instant updateTime) {

  /** What it can be found by, besides its id. */
  public record Names(
      Optional<String> name, Optional<String> email, Optional<String> phone, Optional<String> qq) {}

  public boolean isDisabled() {
    return disableTime.isPresent();
  }

  public boolean isBanned() {
    return banTime.isPresent();
  }

  /** Whether it may be used: tokens can be about it. */
  public boolean isActive() {
    return !isDisabled() && !isBanned();
  }
}
