package io.jeton.server.domain;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes token ids that ascend in the order they were made: 41 bits of milliseconds since 2026, 12
 * bits that begin at random in each millisecond.
 *
 * <p>Ids of one instance never repeat. Two nodes can make the same id in the same millisecond; the
 * store's primary key tells, and its caller asks for another. Safe for use by several threads;
 * never blocks.
 */
public final class TokenIds {
  private static final long EPOCH_MILLIS = 1_767_225_600_000L;
  private static final int LOW_BITS = 12;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final AtomicLong last = new AtomicLong();

  public TokenIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** An id that this instance has not made before, greater than every one that it has. */
  public TokenId next() {
    long millis = Math.max(1, clock.millis() - EPOCH_MILLIS);
    // The upper half of the low bits stays free for ids that follow in the same millisecond.
    long candidate = (millis << LOW_BITS) | random.nextInt(1 << (LOW_BITS - 1));
    return new TokenId(last.updateAndGet(before -> Math.max(before + 1, candidate)));
  }
}
