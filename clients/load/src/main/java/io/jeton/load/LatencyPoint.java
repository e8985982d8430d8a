package io.jeton.load;

import io.jeton.load.stats.LoadResult;

/**
 * A server at one rate of arrivals.
 *
 * @param share of what it answers at most, in percent
 * @param perSecond the rate
 * @param answered right answers per second
 */
record LatencyPoint(
    String server,
    int share,
    double perSecond,
    double answered,
    double p50Millis,
    double p90Millis,
    double p99Millis,
    double p999Millis,
    double maxMillis,
    long right,
    long wrong) {
  private static final String LINE = "%-12s %6s %10s %10s %9s %9s %9s %9s %9s %7s";

  static LatencyPoint of(String server, int share, double perSecond, LoadResult result) {
    return new LatencyPoint(
        server,
        share,
        perSecond,
        result.requestsPerSecond(),
        result.latency().percentileMillis(0.5),
        result.latency().percentileMillis(0.9),
        result.latency().percentileMillis(0.99),
        result.latency().percentileMillis(0.999),
        result.latency().max() / 1e6,
        result.right(),
        result.wrong());
  }

  static String heading() {
    return LINE.formatted(
        "server",
        "share",
        "rate",
        "req/s",
        "p50 ms",
        "p90 ms",
        "p99 ms",
        "p99.9 ms",
        "max ms",
        "wrong");
  }

  String line() {
    return LINE.formatted(
        server,
        share + " %",
        Report.number("%,.0f", perSecond),
        Report.number("%,.0f", answered),
        Report.number("%.3f", p50Millis),
        Report.number("%.3f", p90Millis),
        Report.number("%.3f", p99Millis),
        Report.number("%.3f", p999Millis),
        Report.number("%.3f", maxMillis),
        Long.toString(wrong));
  }
}
