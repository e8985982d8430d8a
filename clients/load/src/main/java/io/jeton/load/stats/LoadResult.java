package io.jeton.load.stats;

import java.time.Duration;
import java.util.LinkedHashMap;
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

  /** The same with every right answer counted as so many, which one request asked for. */
  public LoadResult times(int answers) {
    return new LoadResult(right * answers, wrong, elapsed, latency, faults);
  }

  /** As one line, for {@link #decoded}. */
  public String encoded() {
    StringBuilder text = new StringBuilder();
    text.append(right).append(' ').append(wrong).append(' ').append(elapsed.toNanos());
    text.append(' ').append(latency.encoded());
    faults.forEach((fault, n) -> text.append('\t').append(n).append(' ').append(fault));
    return text.toString();
  }

  /** What {@link #encoded} made a line of. */
  public static LoadResult decoded(String line) {
    String[] fields = line.split("\t", -1);
    String[] numbers = fields[0].split(" ", -1);
    Map<String, Long> faults = new LinkedHashMap<>();
    for (int i = 1; i < fields.length; i++) {
      int space = fields[i].indexOf(' ');
      faults.put(fields[i].substring(space + 1), Long.parseLong(fields[i].substring(0, space)));
    }
    return new LoadResult(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Duration.ofNanos(Long.parseLong(numbers[2])),
        Histogram.decoded(numbers[3]),
        faults);
  }
}
