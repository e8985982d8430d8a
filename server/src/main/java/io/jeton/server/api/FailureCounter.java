package io.jeton.server.api;

import io.jeton.server.domain.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Failed logins by key, within windows of fixed length: a key's window begins with its first
 * failure. An attempt under way counts as a failure, so that parallel ones cannot pass the limit
 * together. When there are too many keys, the one that failed first longest ago is forgotten. Safe
 * for use by several threads; never blocks for long.
 */
final class FailureCounter {
  private static final Duration UNDER_WAY = Duration.ofSeconds(1);

  private final int limit;
  private final Duration window;
  private final int capacity;
  private final InstantSource clock;
  private final Map<String, Failures> byKey = new LinkedHashMap<>();

  FailureCounter(int limit, Duration window, int capacity, InstantSource clock) {
    this.limit = limit;
    this.window = window;
    this.capacity = capacity;
    this.clock = clock;
  }

  private static final class Failures {
    private int failed;
    private int underWay;
    private Instant end = Instant.MAX;
  }

  /**
   * Begins an attempt; {@link #end} must follow.
   *
   * @throws RefusedException LOGINS_THROTTLED, when {@link #end} must not follow
   */
  synchronized void begin(String key) {
    Failures failures = current(key);
    if (failures.failed >= limit) {
      throw RefusedException.ofThrottle(wholeSeconds(clock.instant(), failures.end));
    }
    if (failures.failed + failures.underWay >= limit) {
      throw RefusedException.ofThrottle(UNDER_WAY);
    }
    failures.underWay++;
    byKey.put(key, failures);
    forgetOldest();
  }

  /** Ends an attempt. */
  synchronized void end(String key, boolean isFailure) {
    Failures failures = current(key);
    failures.underWay--;
    if (isFailure && failures.failed++ == 0) {
      failures.end = clock.instant().plus(window);
    }
    if (failures.failed == 0 && failures.underWay == 0) {
      byKey.remove(key);
    } else {
      byKey.put(key, failures);
    }
  }

  /** What is known of a key; a window that is over is forgotten, and the key is then the newest. */
  private Failures current(String key) {
    Failures failures = byKey.get(key);
    if (failures == null) {
      return new Failures();
    }
    if (!clock.instant().isBefore(failures.end)) {
      failures.failed = 0;
      failures.end = Instant.MAX;
      byKey.remove(key);
    }
    return failures;
  }

  private void forgetOldest() {
    Iterator<Failures> oldest = byKey.values().iterator();
    while (byKey.size() > capacity && oldest.hasNext()) {
      if (oldest.next().underWay == 0) {
        oldest.remove();
      }
    }
  }

  /** Rounded up, so that whoever waits as long is not refused again. */
  private static Duration wholeSeconds(Instant from, Instant to) {
    return Duration.ofSeconds(Duration.between(from, to).plusNanos(999_999_999).toSeconds());
  }
}
