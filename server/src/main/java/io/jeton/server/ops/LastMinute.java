package io.jeton.server.ops;

import io.jeton.server.domain.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How many tokens got which verdict in about the last minute. Safe for use by several threads;
 * never blocks for longer than a few map operations.
 */
public final class LastMinute implements Runnable {
  /** How often it should run. */
  public static final Duration PERIOD = Duration.ofSeconds(10);

  private static final int PERIODS = 6;

  private final ToDoubleFunction<Verdict> counter;
  private final Deque<Map<Verdict, Long>> samples = new ArrayDeque<>();

  /** Takes what says how many there were since the start. */
  public LastMinute(ToDoubleFunction<Verdict> counter) {
    this.counter = counter;
    samples.add(sample());
  }

  /** Notes how many there are now. */
  @Override
  public synchronized void run() {
    samples.add(sample());
    while (samples.size() > PERIODS) {
      samples.remove();
    }
  }

  /** How many there were, of those verdicts that there were. */
  public synchronized Map<Verdict, Long> verdicts() {
    Map<Verdict, Long> before = samples.element();
    Map<Verdict, Long> since = new EnumMap<>(Verdict.class);
    sample()
        .forEach(
            (verdict, count) -> {
              long more = count - before.getOrDefault(verdict, 0L);
              if (more > 0) {
                since.put(verdict, more);
              }
            });
    return since;
  }

  private Map<Verdict, Long> sample() {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, (long) counter.applyAsDouble(verdict));
    }
    return counts;
  }
}
