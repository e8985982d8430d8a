package io.jeton.server;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.healthcheck.SettableHealthChecker;
import io.jeton.bridge.Core;
import io.jeton.client.records.ImportFile;
import io.jeton.server.cache.LastUses;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.demo.DemoData;
import io.jeton.server.demo.DemoLines;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.grpc.CallTiming;
import io.jeton.server.grpc.Drain;
import io.jeton.server.grpc.GrpcDocs;
import io.jeton.server.grpc.GrpcPort;
import io.jeton.server.inner.InProcessCore;
import io.jeton.server.inner.MeasuredCore;
import io.jeton.server.ops.Janitor;
import io.jeton.server.ops.NodeMetrics;
import io.jeton.server.ops.NodeStatus;
import io.jeton.server.ops.OpsPort;
import io.jeton.server.storage.mysql.Migrations;
import io.jeton.server.storage.mysql.MySqlStore;
import io.jeton.server.watch.AccessLog;
import io.jeton.server.watch.Refusals;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running token service. {@link #start} builds everything in order; {@link #close} ends it in
 * the opposite order, calls under way first and the database last. Methods block.
 */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final Stops stops = new Stops();
  private final Background background = new Background();
  private final InstantSource clock;
  private final SettableHealthChecker healthy = new SettableHealthChecker(false);
  private @Nullable OnlyNode onlyNode;
  private @Nullable Assembly assembly;
  private List<String> contracts = List.of();
  private volatile String url = "";
  private volatile String opsUrl = "";

  private Node(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Starts a node; it answers when this returns.
   *
   * @param home the distribution, for the embedded database's binary
   * @param environment where {@code env:} secrets are
   * @throws StartupException when something it needs cannot be had; nothing is left running
   * @throws ConfigException when a secret that the configuration refers to cannot be read
   */
  public static Node start(
      JetonConfig config, Path home, Map<String, String> environment, InstantSource clock)
      throws StartupException, ConfigException {
    return start(config, home, environment, Optional.empty(), clock);
  }

  /**
   * Starts a node that first imports a file; it answers when this returns.
   *
   * @param home the distribution, for the embedded database's binary
   * @param environment where {@code env:} secrets are
   * @param importFile the file to import; with a line that is refused the node does not start
   * @throws StartupException when something it needs cannot be had; nothing is left running
   * @throws ConfigException when a secret that the configuration refers to cannot be read
   */
  public static Node start(
      JetonConfig config,
      Path home,
      Map<String, String> environment,
      Optional<ImportFile> importFile,
      InstantSource clock)
      throws StartupException, ConfigException {
    Node node = new Node(clock);
    try {
      node.run(config, home, environment, importFile);
      return node;
    } catch (RefusedException e) {
      node.close();
      throw new StartupException("the database refused: " + e.refusal(), e);
    } catch (StartupException | ConfigException | RuntimeException | Error e) {
      node.close();
      throw e;
    }
  }

  /**
   * Brings the schema to this program's version and ends. Of the embedded database no node may be
   * running; an external one is migrated without this machine's data directory.
   *
   * @param repair whether to finish a migration of an external one that was left half done
   * @throws StartupException when the database cannot be used or migrated
   * @throws ConfigException when its password cannot be read
   */
  public static Migrations.Outcome migrate(
      JetonConfig config, Path home, Map<String, String> environment, boolean repair)
      throws StartupException, ConfigException {
    if (config.database().url().isPresent()) {
      return Database.migrateExternal(config, environment, repair);
    }
    try (HeldDirectory held = HeldDirectory.take(config.dataDirectory());
        Database database =
            Database.open(config, DataDirectory.open(held.path()), home, environment)) {
      return database.migrate(repair);
    }
  }

  /** Where gRPC is answered: {@code http://HOST:PORT}, or https. */
  public String url() {
    return url;
  }

  /** Where metrics and health are: {@code http://HOST:PORT}, or https. */
  public String opsUrl() {
    return opsUrl;
  }

  /**
   * Loads what the contracts' examples need, and answers lines that a person can paste to try them.
   * Everybody knows the passwords.
   *
   * @throws StartupException when it cannot be loaded; the node has ended then
   */
  List<String> demo() throws StartupException {
    if (assembly == null) {
      throw new IllegalStateException("not started");
    }
    try {
      DemoData data = new DemoData(assembly.services(), clock);
      data.load();
      background.every(DemoData.PERIOD, data::keepFresh);
      return DemoLines.of(url, contracts);
    } catch (RefusedException e) {
      close();
      throw new StartupException("--demo: the database refused: " + e.refusal(), e);
    }
  }

  /**
   * Blocks until another node has taken the database, when this one must stop; usually for ever.
   */
  public void awaitDisplaced() throws InterruptedException {
    if (onlyNode != null) {
      onlyNode.awaitDisplaced();
    }
  }

  private void run(
      JetonConfig config,
      Path home,
      Map<String, String> environment,
      Optional<ImportFile> importFile)
      throws StartupException, ConfigException {
    ContractInstances.Settings settings = ContractInstances.Settings.read(config, environment);
    Front front = Front.open(config, settings.proxies()::trusts, clock);
    InetSocketAddress address = Ports.requireFree("port", config.listen());
    InetSocketAddress opsAddress = Ports.requireFree("ops.port", config.ops());
    MasterKey configured = Keys.configured(config, environment);
    List<MasterKey> previous = Keys.previous(config, environment);

    HeldDirectory held = HeldDirectory.take(config.dataDirectory());
    stops.push(held::close);
    DataDirectory data = DataDirectory.open(held.path());
    data.requireWhole();
    MasterKey masterKey = configured == null ? data.masterKey() : configured;
    Database database = Database.open(config, data, home, environment);
    stops.push(database::close);
    database.requireSchema();
    OnlyNode alone = OnlyNode.of(database.address());
    stops.push(alone::close);
    onlyNode = alone;
    NodeMetrics metrics = new NodeMetrics();
    MySqlStore store =
        MySqlStore.open(
            database.address(),
            Database.connections(config),
            clock,
            metrics.store().and((what, kind, refusal, nanos) -> CallTiming.stored(nanos)));
    stops.push(store::close);
    config.realms().forEach(realm -> store.realms().ensure(realm, clock.instant()));
    Sealer sealer = Keys.sealer(masterKey, previous, store.sealingKeys(), clock);
    FirstAdministrator.ensure(store.callers(), data, clock);

    Snapshots snapshots = Snapshots.of(store);
    TokenCache cache = Assembly.cache(store, config);
    stops.push(cache::close);
    LastUses uses = new LastUses(store.licences(), clock);
    stops.push(uses::close);
    stops.push(background::close);
    snapshots.keepFresh(background);
    background.every(OnlyNode.PERIOD, () -> alone.check(store::renewConnections));
    front.keepFresh(background, metrics.registry());

    ThreadPoolExecutor blocking = Workers.blocking(config.database().writers());
    stops.push(() -> Workers.stop(blocking));
    ThreadPoolExecutor hashing = Workers.hashing(config.passwords().hashingThreads());
    stops.push(() -> Workers.stop(hashing));
    Assembly.Parts parts =
        new Assembly.Parts(
            config, store, cache, uses, snapshots, sealer, blocking, hashing, metrics, clock);
    Assembly made = Assembly.of(parts);
    stops.push(made::close);
    made.keepFresh(background);
    Janitor janitor =
        new Janitor(
            store.retention(),
            new Janitor.Kept(config.retention().tokens(), config.retention().audit()),
            made.sessions().slides()::flush,
            metrics,
            clock);
    background.every(Janitor.PERIOD, janitor);
    assembly = made;
    if (importFile.isPresent()) {
      new StartupImport(importFile.get(), made.services().importRecords()).run();
    }
    Drain drain = new Drain();
    Refusals refusals = new Refusals(metrics.registry());
    Core core =
        new MeasuredCore(
            new InProcessCore(made.services(), blocking), drain, metrics.registry(), refusals);
    AccessLog access = ContractInstances.accessLog(config);
    ContractInstances instances = settings.mount(core, clock).measured(metrics.registry(), access);
    contracts = instances.contracts();
    instances.realms().forEach(realm -> store.realms().ensure(realm, clock.instant()));
    snapshots.realms().refresh();
    stops.push(instances.prepare());
    GrpcPort.Parts grpc =
        new GrpcPort.Parts(
            made.services(),
            snapshots.callers(),
            settings.proxies()::client,
            blocking,
            config.timeouts().call(),
            metrics.registry(),
            healthy,
            drain,
            config.reflection(),
            access,
            refusals);
    Server server =
        Ports.server(
            address,
            config.eventLoops(),
            builder -> GrpcPort.addTo(builder, grpc, made.signing().published()),
            instances,
            front,
            metrics.registry());
    Ports.start(server, "port", config.listen());
    stops.push(() -> Ports.stop(server));
    NodeStatus status =
        Watching.begin(
            new Watching.Parts(
                parts,
                database.isEmbedded(),
                data.path(),
                blocking,
                hashing,
                made,
                instances,
                janitor,
                this::url,
                this::opsUrl),
            background);
    Server ops =
        OpsPort.server(
            front.opsPort(opsAddress),
            metrics.registry(),
            healthy,
            instances.description(),
            builder -> {
              front.equipOps(builder);
              GrpcPort.addTriedFromPage(builder, grpc);
              builder
                  .service("/status", status.service())
                  .serviceUnder(GrpcDocs.PATH, GrpcDocs.page());
            });
    Ports.start(ops, "ops.port", config.ops());
    stops.push(() -> Ports.stop(server, ops));
    stops.push(() -> drain.finish(config.timeouts().drain()));

    url = Ports.url(config.listen(), server);
    opsUrl = Ports.url(config.ops(), ops);
    data.writeServerUrls(
        Ports.localUrl(config.listen(), server), Ports.localUrl(config.ops(), ops));
    stops.push(data::deleteServerUrls);
    healthy.setHealthy(true);
    LOG.info("Metrics and health at {}", opsUrl);
  }

  /** Lets calls under way finish, then ends everything. Idempotent. */
  @Override
  public void close() {
    healthy.setHealthy(false);
    stops.run();
  }
}
