package io.jeton.client;

import java.time.Duration;
import java.time.Instant;

/** A token, and where its end is moved to. */
public sealed interface ExtendSpec {
  /** The token. */
  TokenRef ref();

  /** Moves it from its end if that is in the future, otherwise from now. */
  static ExtendSpec by(TokenRef ref, Duration time) {
    return new By(ref, time);
  }

  /** Moves it to an instant. */
  static ExtendSpec to(TokenRef ref, Instant expireTime) {
    return new To(ref, expireTime);
  }

  /**
   * By so long from its end if that is in the future, otherwise from now.
   *
   * @param ref the token
   * @param time whole seconds, what is more is dropped; may be negative
   */
  record By(TokenRef ref, Duration time) implements ExtendSpec {}

  /**
   * To an instant.
   *
   * @param ref the token
   * @param expireTime the first instant at which it is no longer valid
   */
  record To(TokenRef ref, Instant expireTime) implements ExtendSpec {}
}
