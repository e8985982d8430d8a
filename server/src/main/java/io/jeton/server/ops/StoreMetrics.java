package io.jeton.server.ops;

import io.jeton.server.domain.Refusal;
import io.jeton.server.storage.mysql.StoreWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Times the questions to the database: {@code jeton_store_seconds}. Safe for use by several
 * threads; never blocks.
 */
final class StoreMetrics implements StoreWatch {
  private static final Set<Refusal> FAILURES =
      EnumSet.of(Refusal.STORE_UNAVAILABLE, Refusal.STORE_FULL, Refusal.STORE_CONFLICT);
  private static final String OK = "OK";

  private final ConcurrentMap<Labels, Timer> timers = new ConcurrentHashMap<>();
  private final MeterRegistry registry;

  StoreMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Labels(String what, Kind kind, String outcome) {}

  @Override
  public void asked(String what, Kind kind, Optional<Refusal> refusal, long nanos) {
    // What the database answered is no failure of its, also when a rule refuses it.
    String outcome = refusal.filter(FAILURES::contains).map(Refusal::name).orElse(OK);
    timers
        .computeIfAbsent(new Labels(what, kind, outcome), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Labels labels) {
    return Timer.builder("jeton.store")
        .description("How long the database took, by what it was asked about")
        .tag("what", labels.what)
        .tag("kind", labels.kind.name().toLowerCase(Locale.ROOT))
        .tag("outcome", labels.outcome)
        .register(registry);
  }
}
