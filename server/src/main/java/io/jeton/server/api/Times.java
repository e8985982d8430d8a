package io.jeton.server.api;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jeton.server.domain.RefusedException;
import java.time.Instant;
import java.util.Optional;

/**
 * Times in requests. Refuses those that the well-known types do not allow; the general check takes
 * them as they come.
 */
final class Times {
  /** 9999-12-31T23:59:59Z. */
  private static final long LARGEST_SECONDS = 253_402_300_799L;

  /** 0001-01-01T00:00:00Z. */
  private static final long SMALLEST_SECONDS = -62_135_596_800L;

  private static final int LARGEST_NANOS = 999_999_999;

  private Times() {}

  static void requireReal(String field, Duration duration) {
    if (duration.getSeconds() < 0 || isNoNanos(duration.getNanos())) {
      throw RefusedException.ofField(field, "must be a positive duration");
    }
  }

  static void requireReal(String field, Timestamp time) {
    if (time.getSeconds() < 0
        || time.getSeconds() > LARGEST_SECONDS
        || isNoNanos(time.getNanos())) {
      throw RefusedException.ofField(field, "must be in the future and before the year 10000");
    }
  }

  /** Refuses a time outside the years 1 to 9999. */
  static void requireDate(String field, Timestamp time) {
    if (time.getSeconds() < SMALLEST_SECONDS
        || time.getSeconds() > LARGEST_SECONDS
        || isNoNanos(time.getNanos())) {
      throw RefusedException.ofField(field, "must be in the years 1 to 9999");
    }
  }

  static Instant after(Instant now, Duration duration) {
    return now.plusSeconds(duration.getSeconds()).plusNanos(duration.getNanos());
  }

  /**
   * The end that a lifetime or the field {@code expire_time} says; neither: there is none.
   *
   * @param mayBePast whether the field may say an instant that has come
   */
  static Optional<Instant> end(
      Optional<Duration> lifetime, Optional<Timestamp> expireTime, Instant now, boolean mayBePast) {
    if (lifetime.isPresent()) {
      return Optional.of(after(now, lifetime.get()));
    }
    Optional<Instant> end = expireTime.map(Messages::instant);
    if (!mayBePast && end.isPresent() && !end.get().isAfter(now)) {
      throw RefusedException.ofField("expire_time", "must be in the future");
    }
    return end;
  }

  private static boolean isNoNanos(int nanos) {
    return nanos < 0 || nanos > LARGEST_NANOS;
  }
}
