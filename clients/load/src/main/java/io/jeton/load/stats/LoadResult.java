package io.jeton.load.stats;

import java.time.Duration;
import java.util.Map;

/**
 * What a run of calls came to.
 *
 * @param right how many were answered rightly; only these are in the latencies
 * @param wrong how many were not: a wrong answer, an error status, no answer
 * @param elapsed from the first request to the last answer
 * @param faults what was wrong, and how often
 */
public record LoadResult(
    long right, long wrong, Duration elapsed, Histogram latency, Map<String, Long> faults) {

  /** Right answers per second. */
  public double requestsPerSecond() {
    return right / (elapsed.toNanos() / 1e9);
  }
}
