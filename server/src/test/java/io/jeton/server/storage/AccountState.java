package io.jeton.server.storage;

import java.time.Instant;
import java.util.Optional;

/** What decides whether tokens of an account are taken over. */
public record AccountState(
    Optional<Instant> disableTime, Optional<Instant> banTime, Optional<Instant> endTime) {
  public static final AccountState ACTIVE =
      new AccountState(Optional.empty(), Optional.empty(), Optional.empty());

  public static AccountState disabled(Instant at) {
    return new AccountState(Optional.of(at), Optional.empty(), Optional.empty());
  }

  public static AccountState banned(Instant at) {
    return new AccountState(Optional.empty(), Optional.of(at), Optional.empty());
  }

  /** An active one whose tokens were ended. */
  public static AccountState ended(Instant at) {
    return new AccountState(Optional.empty(), Optional.empty(), Optional.of(at));
  }
}
