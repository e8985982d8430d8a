package io.jeton.server;

import io.jeton.bridge.Mounted;
import io.jeton.server.cache.LateWrites;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.SigningKey;
import io.jeton.server.domain.Verdict;
import io.jeton.server.ops.Build;
import io.jeton.server.ops.DatabaseProbe;
import io.jeton.server.ops.Janitor;
import io.jeton.server.ops.LastMinute;
import io.jeton.server.ops.NodeMetrics;
import io.jeton.server.ops.NodeStatus.Report;
import io.jeton.server.storage.mysql.Engine;
import io.jeton.server.storage.mysql.PoolState;
import io.jeton.v1.ServedFrom;
import java.io.IOException;
import java.nio.file.FileStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadPoolExecutor;

/** What the sections of a node's status say. Never blocks; safe for use by several threads. */
final class StatusReports {
  private static final double SCARCE_SHARE = 0.05;
  private static final long SCARCE_BYTES = 512L << 20;
  private static final Duration JANITOR_LATE = Janitor.PERIOD.multipliedBy(3);

  private StatusReports() {}

  static Report node(Instant start, InstantSource clock, String url, String opsUrl) {
    return Report.of(
        List.of(
            "version " + Build.version() + " on Java " + Runtime.version().feature(),
            "since " + start + " (" + span(Duration.between(start, clock.instant())) + ")",
            "calls at " + url + ", operations at " + opsUrl),
        Map.of("version", Build.version(), "start", start.toString(), "url", url, "ops", opsUrl));
  }

  static Report database(boolean isEmbedded, DatabaseProbe probe, PoolState pool, int limit) {
    DatabaseProbe.State state = probe.state();
    String kind = isEmbedded ? "embedded" : "external";
    String version = probe.engine().map(Engine::version).orElse("of unknown version");
    String schema = probe.engine().map(Engine::schema).orElse("unknown");
    List<String> warnings = new ArrayList<>();
    if (!state.isUp()) {
      warnings.add("the database does not answer since " + state.time());
    }
    if (pool.waiting() > 0) {
      warnings.add(pool.waiting() + " calls wait for a connection to the database");
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", kind);
    facts.put("version", version);
    facts.put("schema", schema);
    facts.put("up", state.isUp());
    facts.put("since", state.time().toString());
    facts.put("latency_ms", state.latency().toNanos() / 1e6);
    facts.put("connections_active", pool.active());
    facts.put("connections_limit", limit);
    return new Report(
        List.of(
            kind + ", " + version + ", schema " + schema,
            (state.isUp() ? "answers in " + millis(state.latency()) : "does not answer")
                + "; "
                + pool.active()
                + " of "
                + limit
                + " connections in use"),
        facts,
        warnings);
  }

  static Report cache(TokenCache cache, long limit, NodeMetrics metrics) {
    double hits = metrics.judgedFrom(ServedFrom.SERVED_FROM_CACHE);
    double all = hits + metrics.judgedFrom(ServedFrom.SERVED_FROM_STORE);
    String ratio = all == 0 ? "" : String.format(Locale.ROOT, ", %.1f %% hits", 100 * hits / all);
    return Report.of(
        List.of(cache.size() + " tokens, " + size(cache.weight()) + " of " + size(limit) + ratio),
        Map.of(
            "tokens",
            cache.size(),
            "bytes",
            cache.weight(),
            "limit_bytes",
            limit,
            "hit_ratio",
            all == 0 ? 0 : hits / all));
  }

  static Report lastMinute(LastMinute minute) {
    Map<String, Object> counts = new TreeMap<>();
    StringBuilder line = new StringBuilder();
    for (Map.Entry<Verdict, Long> each : minute.verdicts().entrySet()) {
      String name = each.getKey().name().toLowerCase(Locale.ROOT);
      counts.put(name, each.getValue());
      line.append(line.length() == 0 ? "" : ", ").append(each.getValue()).append(' ').append(name);
    }
    return Report.of(List.of(line.length() == 0 ? "no token judged" : line.toString()), counts);
  }

  /** How busy threads are; a warning when so many wait that some will be refused soon. */
  static Report threads(String what, ThreadPoolExecutor executor) {
    int waiting = executor.getQueue().size();
    int most = waiting + executor.getQueue().remainingCapacity();
    return new Report(
        List.of(executor.getActiveCount() + " running, " + waiting + " of " + most + " waiting"),
        Map.of("running", executor.getActiveCount(), "waiting", waiting, "limit", most),
        waiting > most / 2 ? List.of(waiting + " " + what + " wait for a thread") : List.of());
  }

  static Report late(LateWrites<?> uses, LateWrites<?> slides) {
    long dropped = uses.dropped() + slides.dropped();
    int waiting = uses.size() + slides.size();
    return new Report(
        List.of(waiting + " waiting, " + dropped + " dropped"),
        Map.of("waiting", waiting, "dropped", dropped),
        dropped > 0
            ? List.of(dropped + " times of uses or ends of sessions were dropped since the start")
            : List.of());
  }

  static Report janitor(Janitor janitor, InstantSource clock) {
    Duration ago = Duration.between(janitor.lastSuccess(), clock.instant());
    boolean isLate = ago.compareTo(JANITOR_LATE) > 0;
    return new Report(
        List.of("last done " + span(ago) + " ago"),
        Map.of("last_success", janitor.lastSuccess().toString()),
        isLate ? List.of("the janitor has not come through for " + span(ago)) : List.of());
  }

  static Report keys(List<SigningKey> keys) {
    Map<String, int[]> names = new TreeMap<>();
    for (SigningKey key : keys) {
      int[] counts =
          names.computeIfAbsent(key.realm().name().value() + "/" + key.name(), any -> new int[2]);
      counts[key.isRetired() ? 1 : 0]++;
    }
    List<String> lines = new ArrayList<>();
    Map<String, Object> facts = new TreeMap<>();
    List<String> warnings = new ArrayList<>();
    names.forEach(
        (name, counts) -> {
          lines.add(name + ": " + counts[0] + " active, " + counts[1] + " retired");
          facts.put(name, Map.of("active", counts[0], "retired", counts[1]));
          if (counts[0] == 0) {
            warnings.add("no signing key of " + name + " may sign");
          }
        });
    return new Report(lines.isEmpty() ? List.of("none") : lines, facts, warnings);
  }

  static Report contracts(List<Mounted> mounts) {
    List<String> lines = new ArrayList<>();
    Map<String, Object> facts = new LinkedHashMap<>();
    for (Mounted each : mounts) {
      List<String> prefixes = each.prefixes().stream().map(p -> p.isEmpty() ? "/" : p).toList();
      lines.add(each.name() + ": realm " + each.realm() + ", under " + String.join(" ", prefixes));
      facts.put(each.realm() + "/" + each.name(), prefixes);
    }
    return Report.of(lines.isEmpty() ? List.of("none") : lines, facts);
  }

  static Report disk(FileStore disk) {
    Optional<long[]> room = room(disk);
    if (room.isEmpty()) {
      return Report.of(List.of("unknown"), Map.of());
    }
    long free = room.get()[0];
    long all = room.get()[1];
    boolean isScarce = free < SCARCE_BYTES || free < all * SCARCE_SHARE;
    return new Report(
        List.of(size(free) + " of " + size(all) + " free"),
        Map.of("free_bytes", free, "size_bytes", all),
        isScarce
            ? List.of("the disk of the data directory has " + size(free) + " left")
            : List.of());
  }

  private static Optional<long[]> room(FileStore disk) {
    try {
      return Optional.of(new long[] {disk.getUsableSpace(), disk.getTotalSpace()});
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }

  private static String size(long bytes) {
    return bytes < 10L << 30
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20))
        : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
  }

  /** The two largest units of a time. */
  private static String span(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : Math.max(0, time.toSeconds()) + " s";
  }
}
