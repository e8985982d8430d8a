package io.jeton.load;

/** How much of everything a whole run measures. */
enum RunSize {
  /** A million tokens, ten million rows. */
  FULL(5, 10, 20, 60, 1_000_000, 10_000_000, 60, "--seconds=40"),
  /** Figures for fewer tokens, of fewer and shorter rounds. */
  SHORT(3, 5, 15, 60, 100_000, 500_000, 28, "--seconds=20"),
  /** Whether it works; no figures. */
  QUICK(1, 2, 3, 3, 20_000, 100_000, 8, "--of-each=500");

  final int rounds;
  final int seconds;
  final int warmup;

  /** The same for calls that write: there are fewer in a second, and more of them to compile. */
  final int writeWarmup;

  final int tokens;
  final int rows;
  final int minutes;
  final String mixed;

  RunSize(
      int rounds,
      int seconds,
      int warmup,
      int writeWarmup,
      int tokens,
      int rows,
      int minutes,
      String mixed) {
    this.rounds = rounds;
    this.seconds = seconds;
    this.warmup = warmup;
    this.writeWarmup = writeWarmup;
    this.tokens = tokens;
    this.rows = rows;
    this.minutes = minutes;
    this.mixed = mixed;
  }
}
