package io.jeton.server.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as microseconds since 1970-01-01T00:00:00Z, the form in which they are stored. */
public final class Micros {
  private Micros() {}

  /** Rounds down to the microsecond. */
  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  public static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
