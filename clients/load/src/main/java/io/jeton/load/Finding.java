package io.jeton.load;

import org.jspecify.annotations.Nullable;

/**
 * What a measurement came to, beside its goal. What was not measured is null.
 *
 * @param value a ratio, or what the goal is about
 * @param lowest of a round
 * @param highest of a round
 * @param wrong of the server that was measured against the other
 */
record Finding(
    String id,
    String what,
    double value,
    @Nullable Double lowest,
    @Nullable Double highest,
    @Nullable Double requestsPerSecond,
    @Nullable Double p50Millis,
    @Nullable Double p99Millis,
    @Nullable Double cpuMicros,
    String goal,
    boolean isMet,
    long wrong) {
  private static final String LINE = "%-4s %-44s %8s %-17s %10s %9s %9s %8s %7s %-6s %s";

  static Finding of(Goal goal, double value) {
    return of(goal, value, null, null, null);
  }

  static Finding of(
      Goal goal,
      double value,
      @Nullable Double lowest,
      @Nullable Double highest,
      @Nullable Summary median) {
    return new Finding(
        goal.id(),
        goal.what(),
        value,
        lowest,
        highest,
        median == null ? null : median.requestsPerSecond(),
        median == null ? null : median.p50Millis(),
        median == null ? null : median.p99Millis(),
        median == null ? null : median.cpuMicros(),
        goal.bound(),
        goal.isMetBy(value),
        median == null ? 0 : median.wrong());
  }

  static String heading() {
    return LINE.formatted(
        "id", "what", "value", "rounds", "req/s", "p50 ms", "p99 ms", "CPU µs", "goal", "",
        "wrong");
  }

  String line() {
    return LINE.formatted(
        id,
        what,
        Report.number(value < 100 ? "%.3f" : "%.0f", value),
        lowest == null
            ? "-"
            : Report.number("%.3f", lowest) + " to " + Report.number("%.3f", highest),
        Report.number("%,.0f", requestsPerSecond),
        Report.number("%.3f", p50Millis),
        Report.number("%.3f", p99Millis),
        Report.number("%.2f", cpuMicros),
        goal,
        isMet ? "met" : "MISSED",
        Long.toString(wrong));
  }
}
