package io.jeton.client;

import java.time.Duration;
import java.time.Instant;

/** When a token to be issued ends. */
public sealed interface Expiry {

  /** It does not end. */
  record Never() implements Expiry {}

  /**
   * Some time after the server issued it.
   *
   * @param lifetime how long it is valid, at least a microsecond and at most 100 years
   */
  record After(Duration lifetime) implements Expiry {}

  /**
   * At an instant.
   *
   * @param expireTime the first instant at which it is no longer valid
   */
  record At(Instant expireTime) implements Expiry {}
}
