package io.jeton.server.ops;

import io.jeton.server.api.LoginCounter;
import io.jeton.server.api.VerifyTokens.VerdictCounter;
import io.jeton.server.cache.LateWrites;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Verdict;
import io.jeton.server.storage.mysql.PoolState;
import io.jeton.v1.ServedFrom;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What a node counts. Safe for use by several threads; counting never blocks. */
public final class NodeMetrics implements VerdictCounter, LoginCounter, Janitor.Counts {
  private final PrometheusMeterRegistry registry = ProcessMetrics.registry();
  private final Map<Verdict, Map<ServedFrom, Counter>> verdicts = new EnumMap<>(Verdict.class);

  private final Map<Outcome, Counter> logins = new EnumMap<>(Outcome.class);
  private final Timer hashes =
      Timer.builder("jeton.passwords.hashes")
          .description("How long password hashes took to compute")
          .register(registry);

  private final Map<Janitor.Removed, Counter> removed = new EnumMap<>(Janitor.Removed.class);
  private final AtomicLong janitorRan = new AtomicLong();

  public NodeMetrics() {
    for (Janitor.Removed what : Janitor.Removed.values()) {
      removed.put(
          what,
          Counter.builder("jeton.janitor.removed")
              .description("Rows that nobody can need any more, removed or erased")
              .tag("what", Janitor.label(what))
              .register(registry));
    }
    Gauge.builder("jeton.janitor.last.run", janitorRan, AtomicLong::get)
        .description("When the janitor last came to its end, in seconds since 1970; 0: never")
        .baseUnit("seconds")
        .register(registry);
    for (Outcome outcome : Outcome.values()) {
      logins.put(
          outcome,
          Counter.builder("jeton.logins")
              .description("Logins checked, by outcome")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    for (Verdict verdict : Verdict.values()) {
      Map<ServedFrom, Counter> counters = new EnumMap<>(ServedFrom.class);
      for (ServedFrom servedFrom : ServedFrom.values()) {
        counters.put(
            servedFrom,
            Counter.builder("jeton.verdicts")
                .description("Tokens judged, by verdict and by where the facts were read")
                .tag("verdict", verdict.name().toLowerCase(Locale.ROOT))
                .tag("served_from", label(servedFrom))
                .register(registry));
      }
      verdicts.put(verdict, counters);
    }
  }

  public PrometheusMeterRegistry registry() {
    return registry;
  }

  @Override
  public void count(Verdict verdict, ServedFrom servedFrom) {
    Map<ServedFrom, Counter> counters = verdicts.get(verdict);
    Counter counter = counters == null ? null : counters.get(servedFrom);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void removed(Janitor.Removed what, int rows) {
    Counter counter = removed.get(what);
    if (counter != null) {
      counter.increment(rows);
    }
  }

  @Override
  public void ran(Instant at) {
    janitorRan.set(at.getEpochSecond());
  }

  @Override
  public void checked(Outcome outcome) {
    Counter counter = logins.get(outcome);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void hashed(long nanos) {
    hashes.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Shows a cache's size and how well it does. */
  public void watch(TokenCache cache) {
    Gauge.builder("jeton.cache.tokens", cache, TokenCache::size)
        .description("Tokens held in memory")
        .register(registry);
    Gauge.builder("jeton.cache.size", cache, TokenCache::weight)
        .description("About how much heap the tokens held in memory take")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("jeton.cache.waiting", cache, TokenCache::waiting)
        .description("Verifications that wait for the database")
        .register(registry);
    FunctionCounter.builder("jeton.cache.evictions", cache, TokenCache::evictions)
        .description("Tokens dropped from memory for want of room")
        .register(registry);
  }

  /** Shows what is written late. */
  public void watch(String what, LateWrites<?> late) {
    Gauge.builder("jeton.late.writes.waiting", late, LateWrites::size)
        .description("Times that are not written to the database yet")
        .tag("what", what)
        .register(registry);
    FunctionCounter.builder("jeton.late.writes.dropped", late, LateWrites::dropped)
        .description("Times that were never written, for want of room while it was away")
        .tag("what", what)
        .register(registry);
  }

  /** Shows how busy the threads are that calls block on. */
  public void watch(ThreadPoolExecutor blocking) {
    Gauge.builder("jeton.calls.running", blocking, ThreadPoolExecutor::getActiveCount)
        .description("Calls that use the database now")
        .register(registry);
    Gauge.builder("jeton.calls.waiting", blocking, executor -> executor.getQueue().size())
        .description("Calls that wait for a thread")
        .register(registry);
  }

  /** Shows how the connections to the database are used. */
  public void watch(Supplier<PoolState> connections) {
    connections("active", () -> connections.get().active());
    connections("idle", () -> connections.get().idle());
    Gauge.builder("jeton.database.waiting", () -> connections.get().waiting())
        .description("Calls that wait for a connection to the database")
        .register(registry);
    opened("ok", connections, PoolState::opened);
    opened("failed", connections, PoolState::failed);
  }

  private void connections(String state, Supplier<Number> count) {
    Gauge.builder("jeton.database.connections", count)
        .description("Connections to the database, by whether a call uses them now")
        .tag("pool", "calls")
        .tag("state", state)
        .register(registry);
  }

  private void opened(
      String outcome, Supplier<PoolState> connections, ToDoubleFunction<PoolState> count) {
    FunctionCounter.builder(
            "jeton.database.connects", connections, each -> count.applyAsDouble(each.get()))
        .description("Attempts to connect to the database, by outcome")
        .tag("outcome", outcome)
        .register(registry);
  }

  /** Shows how busy the threads are that hash passwords. */
  public void watchHashing(ThreadPoolExecutor hashing) {
    Gauge.builder("jeton.passwords.running", hashing, ThreadPoolExecutor::getActiveCount)
        .description("Password hashes that are being computed")
        .register(registry);
    Gauge.builder("jeton.passwords.waiting", hashing, executor -> executor.getQueue().size())
        .description("Password hashes that wait for a thread")
        .register(registry);
  }

  private static String label(ServedFrom servedFrom) {
    return switch (servedFrom) {
      case SERVED_FROM_CACHE -> "cache";
      case SERVED_FROM_STORE -> "store";
      case SERVED_FROM_UNSPECIFIED, UNRECOGNIZED -> "none";
    };
  }
}
