package io.jeton.server.backup;

import java.util.function.Consumer;

/** Says every five seconds how far something has come. For one thread. */
final class Progress {
  private static final long PERIOD_NANOS = 5_000_000_000L;
  private static final long MEBIBYTE = 1L << 20;

  private final String what;
  private final Consumer<String> lines;
  private long last = System.nanoTime();

  Progress(String what, Consumer<String> lines) {
    this.what = what;
    this.lines = lines;
  }

  void at(long bytes) {
    if (System.nanoTime() - last >= PERIOD_NANOS) {
      last = System.nanoTime();
      lines.accept(what + ": " + bytes / MEBIBYTE + " MiB");
    }
  }
}
