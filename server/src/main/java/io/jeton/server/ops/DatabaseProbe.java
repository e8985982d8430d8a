package io.jeton.server.ops;

import io.jeton.server.domain.RefusedException;
import io.jeton.server.storage.mysql.Engine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the database every so often what it is, so that it is known whether it answers. Reading
 * never blocks; safe for use by several threads.
 */
public final class DatabaseProbe implements Runnable {
  /** How often it should run. */
  public static final Duration PERIOD = Duration.ofSeconds(5);

  private final Supplier<Engine> store;
  private final InstantSource clock;
  private volatile Optional<Engine> engine = Optional.empty();
  private volatile State state;

  /**
   * What the last question met.
   *
   * @param isUp whether it was answered
   * @param time when that began: since then it answers, or since then it does not
   * @param latency how long the last question took
   */
  public record State(boolean isUp, Instant time, Duration latency) {}

  /** Takes the question, which blocks and throws {@link RefusedException}. */
  public DatabaseProbe(Supplier<Engine> store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.state = new State(false, clock.instant(), Duration.ZERO);
  }

  /** Asks. Blocks. */
  @Override
  public void run() {
    long begin = System.nanoTime();
    boolean isUp;
    try {
      engine = Optional.of(store.get());
      isUp = true;
    } catch (RefusedException e) {
      isUp = false;
    }
    Duration latency = Duration.ofNanos(System.nanoTime() - begin);
    state = new State(isUp, isUp == state.isUp ? state.time : clock.instant(), latency);
  }

  public State state() {
    return state;
  }

  /** What it was when it last answered. */
  public Optional<Engine> engine() {
    return engine;
  }
}
