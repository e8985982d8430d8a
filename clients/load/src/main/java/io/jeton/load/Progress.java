package io.jeton.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Says every few seconds how far a long piece of work has come. */
final class Progress {
  private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

  private final String what;
  private final long total;
  private final PrintStream out;
  private final long begin = System.nanoTime();
  private long done;
  private long told = begin;

  Progress(String what, long total, PrintStream out) {
    this.what = what;
    this.total = total;
    this.out = out;
  }

  void add(long more) {
    done += more;
    long now = System.nanoTime();
    if (done == total || now - told > PAUSE_NANOS) {
      told = now;
      double seconds = (now - begin) / 1e9;
      out.printf(
          Locale.ROOT, "%s: %,d of %,d, %,.0f per second%n", what, done, total, done / seconds);
    }
  }
}
