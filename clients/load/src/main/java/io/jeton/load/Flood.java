package io.jeton.load;

import io.jeton.load.http2.Call;
import io.jeton.load.http2.ClosedLoop;
import io.jeton.load.http2.Plan;
import io.jeton.load.http2.Target;
import io.jeton.load.stats.LoadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Calls at a pace, on a thread of their own, while something else is measured. */
final class Flood {
  private static final int CONNECTIONS = 2;
  private static final int STREAMS = 32;

  private final Target target;
  private final Function<Runnable, Call> calls;
  private final double perSecond;

  /**
   * Prepares a flood.
   *
   * @param calls makes the call from what has to run before each request is written
   */
  Flood(Target target, Function<Runnable, Call> calls, double perSecond) {
    this.target = target;
    this.calls = calls;
    this.perSecond = perSecond;
  }

  /** How many calls it makes a second. */
  double perSecond() {
    return perSecond;
  }

  /** Begins a flood that ends after so long; the thread can be joined. */
  Thread begin(int seconds) {
    Thread thread = new Thread(() -> run(seconds), "flood");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void run(int seconds) {
    long interval = (long) (1e9 / perSecond);
    long begin = System.nanoTime();
    long[] made = {0};
    Runnable pace =
        () -> {
          long due = begin + made[0]++ * interval;
          for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
          }
        };
    try {
      // Those that the server refuses because it is busy are as they should be.
      LoadResult unused =
          ClosedLoop.run(
              target,
              calls.apply(pace),
              Plan.of(CONNECTIONS, STREAMS, Duration.ofSeconds(seconds)));
    } catch (IOException e) {
      System.err.println("the flood ended early: " + e.getMessage());
    }
  }
}
