package io.jeton.load;

import io.jeton.load.stats.LoadResult;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One server under load for a time.
 *
 * @param round from 1; 0 is the warm-up, which is in no median
 * @param cpuMicros the server's processor time for one request, if it is known
 * @param serverShare how much of one core the server used, if it is known
 * @param loadShare how much of one core this program used
 */
record Round(
    int round,
    String server,
    double requestsPerSecond,
    double p50Millis,
    double p99Millis,
    @Nullable Double cpuMicros,
    @Nullable Double serverShare,
    double loadShare,
    long right,
    long wrong,
    Map<String, Long> faults) {
  boolean isWarmup() {
    return round == 0;
  }

  static Round of(
      int round, String server, LoadResult result, @Nullable Duration serverCpu, Duration loadCpu) {
    double nanos = result.elapsed().toNanos();
    return new Round(
        round,
        server,
        result.requestsPerSecond(),
        result.latency().percentileMillis(0.5),
        result.latency().percentileMillis(0.99),
        serverCpu == null
            ? null
            : serverCpu.toNanos() / 1e3 / Math.max(1, result.right() + result.wrong()),
        serverCpu == null ? null : serverCpu.toNanos() / nanos,
        loadCpu.toNanos() / nanos,
        result.right(),
        result.wrong(),
        result.faults());
  }
}
