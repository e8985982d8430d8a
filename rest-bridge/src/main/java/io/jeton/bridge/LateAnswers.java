package io.jeton.bridge;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs requests that were not answered in time: at most one in ten seconds, with how many there
 * were besides. Safe for use by several threads; never blocks.
 */
final class LateAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(LateAnswers.class);
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final LongSupplier nanoTime;
  private final AtomicLong lastLogged;
  private final LongAdder unlogged = new LongAdder();

  LateAnswers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastLogged = new AtomicLong(nanoTime.getAsLong() - QUIET_NANOS);
  }

  /** Notes such a request. */
  void note(String requestId) {
    long now = nanoTime.getAsLong();
    long last = lastLogged.get();
    if (now - last < QUIET_NANOS || !lastLogged.compareAndSet(last, now)) {
      unlogged.increment();
      return;
    }
    LOG.atWarn()
        .setMessage("A request was not answered in time")
        .addKeyValue("request", requestId)
        .addKeyValue("others", unlogged.sumThenReset())
        .log();
  }
}
