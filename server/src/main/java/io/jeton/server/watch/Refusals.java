package io.jeton.server.watch;

import io.jeton.server.api.Errors;
import io.jeton.v1.ErrorReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failed calls by reason, {@code jeton_refusals_total}, and logs those that an operator can
 * do something about: of each reason at most one in ten seconds, with how many there were besides.
 * What callers do wrong is counted and not logged, or strangers could fill the disk. There is one
 * for a process. Safe for use by several threads; never blocks.
 */
public final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final long QUIET_NANOS = 10_000_000_000L;

  private static final Set<ErrorReason> OF_THE_OPERATOR =
      EnumSet.of(
          ErrorReason.ERROR_REASON_STORE_UNAVAILABLE,
          ErrorReason.ERROR_REASON_STORE_FULL,
          ErrorReason.ERROR_REASON_STORE_CONFLICT,
          ErrorReason.ERROR_REASON_OVERLOADED,
          ErrorReason.ERROR_REASON_LOGINS_THROTTLED,
          ErrorReason.ERROR_REASON_SIGNING_KEY_RETIRED);

  private final Map<ErrorReason, Tally> tallies = new EnumMap<>(ErrorReason.class);
  private final LongSupplier nanoTime;

  public Refusals(MeterRegistry registry) {
    this(registry, System::nanoTime);
  }

  Refusals(MeterRegistry registry, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    for (ErrorReason reason : ErrorReason.values()) {
      if (reason != ErrorReason.UNRECOGNIZED && reason != ErrorReason.ERROR_REASON_UNSPECIFIED) {
        tallies.put(reason, new Tally(reason, registry, nanoTime.getAsLong() - QUIET_NANOS));
      }
    }
  }

  /**
   * Notes a call that failed.
   *
   * @param call the rpc's name, or what the core was asked for
   */
  public void note(ErrorReason reason, String call, String requestId) {
    Tally tally = tallies.get(reason);
    if (tally == null) {
      return;
    }
    tally.counter.increment();
    if (!OF_THE_OPERATOR.contains(reason)) {
      return;
    }
    long now = nanoTime.getAsLong();
    long last = tally.lastLogged.get();
    if (now - last < QUIET_NANOS || !tally.lastLogged.compareAndSet(last, now)) {
      tally.unlogged.increment();
      return;
    }
    LOG.atWarn()
        .setMessage("A call failed")
        .addKeyValue("reason", Errors.name(reason))
        .addKeyValue("call", call)
        .addKeyValue("request", requestId)
        .addKeyValue("others", tally.unlogged.sumThenReset())
        .log();
  }

  /** What is known of one reason. */
  private static final class Tally {
    private final Counter counter;
    private final AtomicLong lastLogged;
    private final LongAdder unlogged = new LongAdder();

    Tally(ErrorReason reason, MeterRegistry registry, long lastLogged) {
      this.counter =
          Counter.builder("jeton.refusals")
              .description("Calls that failed, by reason")
              .tag("reason", Errors.name(reason))
              .register(registry);
      this.lastLogged = new AtomicLong(lastLogged);
    }
  }
}
