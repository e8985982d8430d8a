package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/** Where the end of a token is moved to. Immutable. */
public sealed interface Extension {
  /** No end comes after it: 9999-12-31T23:59:59Z. */
  Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /** No end comes before it. */
  Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  /** To this instant. */
  record To(Instant end) implements Extension {}

  /** By so many seconds from its end if that is in the future, otherwise from now. */
  record By(long seconds) implements Extension {}

  /** The end of a token that has this end, at this instant; a token without one keeps none. */
  default Optional<Instant> endOf(Token token, Instant now) {
    if (this instanceof To to) {
      return Optional.of(clamped(to.end));
    }
    long seconds = ((By) this).seconds;
    return token.expireTime().map(end -> moved(end.isAfter(now) ? end : now, seconds));
  }

  /** The token, with its end moved. */
  default Token of(Token token, Instant now) {
    return token.with(token.attributes().with(endOf(token, now)));
  }

  /**
   * Refuses a token whose end cannot be moved.
   *
   * @param isRenewer whether it is a secret that only renews a token
   * @throws RefusedException FIELD_INVALID
   */
  default void requireMovable(Token token, boolean isRenewer) {
    if (isRenewer) {
      throw RefusedException.ofField("lookup", "must not name what only refreshes a token");
    }
    if (token.ties().signingKeyId() != 0 && token.expireTime().isPresent()) {
      throw RefusedException.ofField("lookup", "must not name a JSON Web Token that has an end");
    }
  }

  private static Instant moved(Instant from, long seconds) {
    // What may be added without leaving the range is less than a long's by far.
    if (seconds > LATEST.getEpochSecond() - from.getEpochSecond()) {
      return LATEST;
    }
    if (seconds < EARLIEST.getEpochSecond() - from.getEpochSecond()) {
      return EARLIEST;
    }
    return clamped(from.plusSeconds(seconds));
  }

  private static Instant clamped(Instant end) {
    if (end.isAfter(LATEST)) {
      return LATEST;
    }
    return end.isBefore(EARLIEST) ? EARLIEST : end;
  }
}
