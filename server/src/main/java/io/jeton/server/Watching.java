package io.jeton.server;

import io.jeton.server.cache.LastUses;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.ops.DatabaseProbe;
import io.jeton.server.ops.Janitor;
import io.jeton.server.ops.LastMinute;
import io.jeton.server.ops.NodeGauges;
import io.jeton.server.ops.NodeMetrics;
import io.jeton.server.ops.NodeStatus;
import io.jeton.server.storage.mysql.MySqlStore;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

/** What is seen of a running node: its metrics and its status. */
final class Watching {
  private Watching() {}

  /**
   * What is watched.
   *
   * @param node what the node is made of
   * @param isEmbedded whether the database is
   * @param data the data directory
   * @param url where calls are answered, once they are
   * @param opsUrl where operators ask, once they can
   */
  record Parts(
      Assembly.Parts node,
      boolean isEmbedded,
      Path data,
      ThreadPoolExecutor blocking,
      ThreadPoolExecutor hashing,
      Assembly assembly,
      ContractInstances contracts,
      Janitor janitor,
      Supplier<String> url,
      Supplier<String> opsUrl) {}

  /** Shows it all as metrics from now on, and says what the status is. Blocks. */
  static NodeStatus begin(Parts parts, Background background) {
    NodeMetrics metrics = parts.node.metrics();
    InstantSource clock = parts.node.clock();
    MySqlStore store = parts.node.store();
    TokenCache cache = parts.node.cache();
    LastUses uses = parts.node.uses();
    long cacheLimit = parts.node.config().cache().bytes();
    int connections = Database.connections(parts.node.config());
    NodeGauges gauges = new NodeGauges(metrics.registry());
    gauges.watch(store::connections, connections);
    gauges.watch(cache, cacheLimit);
    gauges.watch("last_uses", uses.late());
    gauges.watch("session_ends", parts.assembly.sessions().slides().late());
    gauges.watch(parts.blocking);
    gauges.watchHashing(parts.hashing);
    DatabaseProbe probe = new DatabaseProbe(store::engine, clock);
    probe.run();
    gauges.watch(probe);
    background.every(DatabaseProbe.PERIOD, probe);
    LastMinute minute = new LastMinute(metrics::judged);
    background.every(LastMinute.PERIOD, minute);
    Optional<FileStore> disk = disk(parts.data);
    disk.ifPresent(gauges::watch);

    Instant start = clock.instant();
    NodeStatus status =
        new NodeStatus()
            .add(
                "node", () -> StatusReports.node(start, clock, parts.url.get(), parts.opsUrl.get()))
            .add(
                "database",
                () ->
                    StatusReports.database(
                        parts.isEmbedded, probe, store.connections(), connections))
            .add("cache", () -> StatusReports.cache(cache, cacheLimit, metrics))
            .add("last minute", () -> StatusReports.lastMinute(minute))
            .add("calls", () -> StatusReports.threads("calls", parts.blocking))
            .add("password hashes", () -> StatusReports.threads("logins", parts.hashing))
            .add(
                "late writes",
                () -> StatusReports.late(uses.late(), parts.assembly.sessions().slides().late()))
            .add("janitor", () -> StatusReports.janitor(parts.janitor, clock))
            .add("signing keys", () -> StatusReports.keys(parts.assembly.signing().keys().held()))
            .add("contracts", () -> StatusReports.contracts(parts.contracts.mounts()));
    disk.ifPresent(each -> status.add("disk", () -> StatusReports.disk(each)));
    return status;
  }

  /** The disk of a folder, if the system tells. */
  private static Optional<FileStore> disk(Path folder) {
    try {
      return Optional.of(Files.getFileStore(folder));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
