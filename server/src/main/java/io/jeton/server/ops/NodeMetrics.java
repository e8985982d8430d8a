package io.jeton.server.ops;

import io.jeton.server.api.LoginCounter;
import io.jeton.server.api.VerifyTokens.VerdictCounter;
import io.jeton.server.domain.Verdict;
import io.jeton.server.storage.mysql.StoreWatch;
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
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What a node counts. Safe for use by several threads; counting never blocks. */
public final class NodeMetrics implements VerdictCounter, LoginCounter, Janitor.Counts {
  private static final ServedFrom CACHE = ServedFrom.SERVED_FROM_CACHE;
  private static final ServedFrom STORE = ServedFrom.SERVED_FROM_STORE;

  private final PrometheusMeterRegistry registry = ProcessMetrics.registry();
  private final Map<Verdict, Map<ServedFrom, Counter>> verdicts = new EnumMap<>(Verdict.class);

  private final Map<Outcome, Counter> logins = new EnumMap<>(Outcome.class);
  private final Timer hashes =
      Timer.builder("jeton.passwords.hashes")
          .description("How long password hashes took to compute")
          .register(registry);

  private final Map<Janitor.Removed, Counter> removed = new EnumMap<>(Janitor.Removed.class);
  private final AtomicLong janitorRan = new AtomicLong();
  private final StoreWatch store = new StoreMetrics(registry);

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

  private static String label(ServedFrom servedFrom) {
    return switch (servedFrom) {
      case SERVED_FROM_CACHE -> "cache";
      case SERVED_FROM_STORE -> "store";
      case SERVED_FROM_UNSPECIFIED, UNRECOGNIZED -> "none";
    };
  }
}
