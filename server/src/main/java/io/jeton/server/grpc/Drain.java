package io.jeton.server.grpc;

import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the calls under way finish while new ones are refused as STOPPING: clients that never pause
 * would otherwise keep a stopping server busy until it cuts them off. Safe for use by several
 * threads.
 */
public final class Drain {
  private static final Duration POLL = Duration.ofMillis(5);

  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private volatile boolean isStopping;

  /**
   * Notes that a call begins; {@link #end} must follow.
   *
   * @throws RefusedException STOPPING, when it must not; then {@link #end} must not follow
   */
  public void begin() {
    // Counted before it asks, so that finish() waits for it or it is refused.
    begun.increment();
    if (isStopping) {
      ended.increment();
      throw RefusedException.of(Refusal.STOPPING);
    }
  }

  /** Whether calls that take long should end now. */
  boolean isStopping() {
    return isStopping;
  }

  /** Notes that a call has been answered. */
  public void end() {
    ended.increment();
  }

  /** Refuses calls from now on, and blocks until none is under way or the time is over. */
  public void finish(Duration atMost) {
    isStopping = true;
    long deadline = System.nanoTime() + atMost.toNanos();
    while (isAnyUnderWay() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private boolean isAnyUnderWay() {
    // Read in this order: a call that begins and ends in between must not hide another.
    long endedUntilNow = ended.sum();
    return begun.sum() != endedUntilNow;
  }
}
