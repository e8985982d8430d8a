package io.jeton.load;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints results, for people and as JSON. */
final class Report {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String LINE = "%-7s %-14s %10s %9s %9s %8s %8s %8s %7s";

  private Report() {}

  /** Prints a result as asked, and answers the program's exit code: 1 for a wrong answer. */
  static int print(String benchmark, Result result, LoadOptions options) throws IOException {
    if (options.isJson) {
      json(benchmark, result, options.out());
    } else {
      table(result, options.out());
    }
    return result.wrong() == 0 ? 0 : 1;
  }

  /** The line of a round, under {@link #heading}. */
  static String line(Round r) {
    return line(
        r.isWarmup() ? "warm-up" : Integer.toString(r.round()),
        new Summary(
            r.server(),
            r.requestsPerSecond(),
            r.p50Millis(),
            r.p99Millis(),
            r.cpuMicros(),
            r.serverShare(),
            r.loadShare(),
            r.right(),
            r.wrong()));
  }

  /** What the columns of a round are. */
  static String heading() {
    return LINE.formatted(
        "round", "server", "req/s", "p50 ms", "p99 ms", "CPU µs", "server", "load", "wrong");
  }

  /** Prints what goes under the rounds: medians, ratios, wrong answers. */
  static void table(Result result, PrintStream out) {
    result.medians().forEach(m -> out.println(line("median", m)));
    for (Summary median : result.medians()) {
      out.printf(ROOT, "bottleneck of %s: %s%n", median.server(), median.bottleneck());
    }
    for (Result.Ratio ratio : result.ratios()) {
      out.printf(
          ROOT,
          "%s / %s: req/s %.3f (rounds %.3f to %.3f), CPU per request %s%n",
          ratio.server(),
          ratio.of(),
          ratio.requestsPerSecond(),
          ratio.lowest(),
          ratio.highest(),
          number("%.3f", ratio.cpu()));
    }
    HeapPerToken heap = result.heap();
    if (heap != null) {
      out.printf(
          ROOT,
          "heap per cached token: %.0f bytes (%,d tokens, %,d bytes before, %,d after)%n",
          heap.bytesPerToken(),
          heap.tokens(),
          heap.heapBefore(),
          heap.heapAfter());
    }
    long right = result.medians().stream().mapToLong(Summary::right).sum();
    out.printf(ROOT, "wrong answers: %d of %d%n", result.wrong(), right + result.wrong());
    for (Round round : result.rounds()) {
      round.faults().forEach((fault, n) -> out.printf("  %s: %d × %s%n", round.server(), n, fault));
    }
  }

  /** Prints a result as one JSON object, with what it was measured on. */
  static void json(String benchmark, Object result, PrintStream out) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("benchmark", benchmark);
    all.put("java", System.getProperty("java.version"));
    all.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    all.put("processors", Runtime.getRuntime().availableProcessors());
    all.put("result", result);
    out.println(JSON.writeValueAsString(all));
  }

  private static String line(String round, Summary s) {
    return LINE.formatted(
        round,
        s.server(),
        number("%,.0f", s.requestsPerSecond()),
        number("%.3f", s.p50Millis()),
        number("%.3f", s.p99Millis()),
        number("%.2f", s.cpuMicros()),
        percent(s.serverShare()),
        percent(s.loadShare()),
        Long.toString(s.wrong()));
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "-" : number("%.1f %%", 100 * share);
  }

  static String number(String format, @Nullable Double value) {
    return value == null ? "-" : String.format(ROOT, format, value);
  }
}
