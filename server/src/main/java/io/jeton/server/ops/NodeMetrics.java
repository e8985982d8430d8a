package io.jeton.server.ops;

import io.jeton.server.api.LoginCounter;
import io.jeton.server.api.VerifyTokens.VerdictCounter;
import io.jeton.server.cache.LateWrites;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Verdict;
import io.jeton.server.storage.mysql.PoolUse;
import io.jeton.server.storage.mysql.StoreWatch;
import io.jeton.v1.ServedFrom;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.FileStore;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What a node counts. Safe for use by several threads; counting never blocks. */
public final class NodeMetrics implements VerdictCounter, LoginCounter {
  private static final ServedFrom CACHE = ServedFrom.SERVED_FROM_CACHE;
  private static final ServedFrom STORE = ServedFrom.SERVED_FROM_STORE;

  private final PrometheusMeterRegistry registry = ProcessMetrics.registry();
  private final Map<Verdict, Map<ServedFrom, Counter>> verdicts = new EnumMap<>(Verdict.class);

  private final Map<Outcome, Counter> logins = new EnumMap<>(Outcome.class);
  private final Timer hashes =
      Timer.builder("jeton.passwords.hashes")
          .description("How long password hashes took to compute")
          .register(registry);

  private final StoreWatch store = new StoreMetrics(registry);

  public NodeMetrics() {
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
    FunctionCounter.builder("jeton.cache.hits", this, metrics -> metrics.judgedFrom(CACHE))
        .description("Tokens judged by what was in memory, also by its absence")
        .register(registry);
    FunctionCounter.builder("jeton.cache.misses", this, metrics -> metrics.judgedFrom(STORE))
        .description("Tokens judged by what was read in the database")
        .register(registry);
  }

  /** What times the questions to the database. */
  public StoreWatch store() {
    return store;
  }

  /** How many tokens were judged by what was read there. */
  public double judgedFrom(ServedFrom servedFrom) {
    return verdicts.values().stream()
        .map(counters -> counters.get(servedFrom))
        .filter(Objects::nonNull)
        .mapToDouble(Counter::count)
        .sum();
  }

  /** How many tokens got this verdict. */
  public double judged(Verdict verdict) {
    return verdicts.getOrDefault(verdict, Map.of()).values().stream()
        .mapToDouble(Counter::count)
        .sum();
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

  /** Shows how the connections to the database are used. */
  public void watchPool(Supplier<PoolUse> pool) {
    Gauge.builder("jeton.store.connections", () -> pool.get().busy())
        .description("Connections to the database")
        .tag("state", "busy")
        .register(registry);
    Gauge.builder("jeton.store.connections", () -> pool.get().idle())
        .description("Connections to the database")
        .tag("state", "idle")
        .register(registry);
    Gauge.builder("jeton.store.connections.limit", () -> pool.get().most())
        .description("The most connections to the database")
        .register(registry);
    Gauge.builder("jeton.store.connections.waiting", () -> pool.get().waiting())
        .description("Calls that wait for a connection to the database")
        .register(registry);
  }

  /** Shows whether the database answers. */
  public void watch(DatabaseProbe probe) {
    Gauge.builder("jeton.store.up", probe, each -> each.state().isUp() ? 1 : 0)
        .description("Whether the database answers, asked every five seconds")
        .register(registry);
  }

  /** Shows when the janitor last did all it has to. */
  public void watch(Janitor janitor) {
    TimeGauge.builder(
            "jeton.janitor.last.success.timestamp",
            janitor,
            TimeUnit.MILLISECONDS,
            each -> each.lastSuccess().toEpochMilli())
        .description("When the janitor last removed all that nobody needs, since 1970")
        .register(registry);
  }

  /** Shows how much room the disk of a folder has. */
  public void watch(FileStore disk) {
    Gauge.builder("jeton.data.free", disk, NodeMetrics::free)
        .description("Room left on the disk of the data directory")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("jeton.data.size", disk, NodeMetrics::size)
        .description("Size of the disk of the data directory")
        .baseUnit("bytes")
        .register(registry);
  }

  /** Shows a cache's size and how well it does. */
  public void watch(TokenCache cache, long limitBytes) {
    Gauge.builder("jeton.cache.limit", () -> limitBytes)
        .description("The most heap that the tokens held in memory may take")
        .baseUnit("bytes")
        .register(registry);
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
    Gauge.builder("jeton.calls.waiting.limit", blocking, NodeMetrics::mostWaiting)
        .description("The most calls that may wait for a thread before more are refused")
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
    Gauge.builder("jeton.passwords.waiting.limit", hashing, NodeMetrics::mostWaiting)
        .description("The most hashes that may wait for a thread before logins are refused")
        .register(registry);
  }

  private static double mostWaiting(ThreadPoolExecutor executor) {
    return (double) executor.getQueue().size() + executor.getQueue().remainingCapacity();
  }

  /** Not a number when the system does not say. */
  private static double free(FileStore disk) {
    try {
      return disk.getUsableSpace();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static double size(FileStore disk) {
    try {
      return disk.getTotalSpace();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static String label(ServedFrom servedFrom) {
    return switch (servedFrom) {
      case SERVED_FROM_CACHE -> "cache";
      case SERVED_FROM_STORE -> "store";
      case SERVED_FROM_UNSPECIFIED, UNRECOGNIZED -> "none";
    };
  }
}
