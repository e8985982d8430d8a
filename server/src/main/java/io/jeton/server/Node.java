package io.jeton.server;

import com.github.benmanes.caffeine.cache.Ticker;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.healthcheck.SettableHealthChecker;
import io.jeton.client.records.ImportFile;
import io.jeton.server.api.Access;
import io.jeton.server.api.Adoptions;
import io.jeton.server.api.CheckPasswords;
import io.jeton.server.api.Hashing;
import io.jeton.server.api.ImportAccounts;
import io.jeton.server.api.ImportKeys;
import io.jeton.server.api.ImportRealms;
import io.jeton.server.api.ImportRecords;
import io.jeton.server.api.IssueToken;
import io.jeton.server.api.LoginThrottle;
import io.jeton.server.api.ManageAccounts;
import io.jeton.server.api.ManageCallers;
import io.jeton.server.api.ManageTokens;
import io.jeton.server.api.Validation;
import io.jeton.server.api.VerifyTokens;
import io.jeton.server.cache.Snapshot;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.CallerStore;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.grpc.Drain;
import io.jeton.server.grpc.GrpcPort;
import io.jeton.server.grpc.JwksService;
import io.jeton.server.ops.Janitor;
import io.jeton.server.ops.NodeMetrics;
import io.jeton.server.ops.OpsPort;
import io.jeton.server.storage.embedded.DataDirectoryLock;
import io.jeton.server.storage.mysql.Migrations;
import io.jeton.server.storage.mysql.MySqlStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running token service. {@link #start} builds everything in order; {@link #close} ends it in
 * the opposite order, calls under way first and the database last. Methods block.
 */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /** How often callers and realms are read again. */
  private static final Duration SNAPSHOT_PERIOD = Duration.ofSeconds(1);

  /** How often the schemes of the password hashes are counted. */
  private static final Duration SCHEMES_PERIOD = Duration.ofMinutes(1);

  private final Deque<Runnable> stops = new ArrayDeque<>();
  private final SettableHealthChecker healthy = new SettableHealthChecker(false);
  private @Nullable OnlyNode onlyNode;
  private String url = "";
  private String opsUrl = "";

  private Node() {}

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
    Node node = new Node();
    try {
      node.run(config, home, environment, importFile, clock);
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
   * running.
   *
   * @throws StartupException when the database cannot be used or migrated
   * @throws ConfigException when its password cannot be read
   */
  public static Migrations.Outcome migrate(
      JetonConfig config, Path home, Map<String, String> environment)
      throws StartupException, ConfigException {
    DataDirectoryLock lock = lock(config.dataDirectory());
    try (Database database =
        Database.open(config, DataDirectory.open(config.dataDirectory()), home, environment)) {
      return database.migrate();
    } finally {
      free(lock);
    }
  }

  /** Where gRPC is answered: {@code http://HOST:PORT}. */
  public String url() {
    return url;
  }

  /** Where metrics and health are: {@code http://HOST:PORT}. */
  public String opsUrl() {
    return opsUrl;
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
      Optional<ImportFile> importFile,
      InstantSource clock)
      throws StartupException, ConfigException {
    Ports.requireAllowed("host", config.listen());
    Ports.requireAllowed("ops.host", config.ops());
    InetSocketAddress address = Ports.requireFree("port", config.listen());
    InetSocketAddress opsAddress = Ports.requireFree("ops.port", config.ops());
    MasterKey configured = Keys.configured(config, environment);

    DataDirectoryLock lock = lock(config.dataDirectory());
    stops.push(() -> free(lock));
    DataDirectory data = DataDirectory.open(config.dataDirectory());
    MasterKey masterKey = configured == null ? data.masterKey() : configured;
    Database database = Database.open(config, data, home, environment);
    stops.push(database::close);
    database.requireSchema();
    OnlyNode alone = OnlyNode.of(database.address());
    stops.push(alone::close);
    onlyNode = alone;
    MySqlStore store = MySqlStore.open(database.address(), Database.connections(config), clock);
    stops.push(store::close);

    config.realms().forEach(realm -> store.realms().ensure(realm, clock.instant()));
    Sealer sealer = Keys.sealer(masterKey, store.sealingKeys(), clock);
    createAdministrator(store.callers(), data, clock);

    NodeMetrics metrics = new NodeMetrics();
    Snapshot<Map<Lookup, Caller>> callers = new Snapshot<>(store.callers()::enabledByKey);
    Snapshot<Map<String, Realm>> realms =
        new Snapshot<>(
            () ->
                store.realms().all().stream()
                    .collect(
                        Collectors.toUnmodifiableMap(
                            realm -> realm.name().value(), Function.identity())));
    TokenCache cache =
        new TokenCache(store.tokenLookup(), cacheSettings(config), Ticker.systemTicker());
    stops.push(cache::close);
    metrics.watch(cache);
    Background background = new Background();
    stops.push(background::close);
    background.every(SNAPSHOT_PERIOD, callers::refreshQuietly);
    background.every(SNAPSHOT_PERIOD, realms::refreshQuietly);
    Snapshot<Map<Integer, Map<String, Integer>>> schemes = new Snapshot<>(() -> schemes(store));
    background.every(SCHEMES_PERIOD, schemes::refreshQuietly);
    background.every(OnlyNode.PERIOD, alone::check);
    background.every(Janitor.PERIOD, new Janitor(store.retention(), clock));

    ThreadPoolExecutor blocking = Workers.blocking(config.database().writers());
    metrics.watch(blocking);
    stops.push(() -> Workers.stop(blocking));
    ThreadPoolExecutor hashingThreads = Workers.hashing(config.passwords().hashingThreads());
    metrics.watchHashing(hashingThreads);
    stops.push(() -> Workers.stop(hashingThreads));

    Drain drain = new Drain();
    Access access = new Access(realms);
    Validation validation = new Validation();
    Hashing hashing = new Hashing(hashingThreads, metrics);
    TokenIds ids = new TokenIds(clock, new SecureRandom());
    Signing signing = Signing.of(store, sealer, access, validation, realms, cache, ids, clock);
    background.every(SNAPSHOT_PERIOD, signing::refreshQuietly);
    ImportRecords importRecords =
        new ImportRecords(
            access,
            new ImportRealms(validation, store.realms(), realms::refresh, clock),
            new ImportAccounts(
                validation, store.accountImports(), store.accounts(), hashing, cache, clock),
            new ImportKeys(validation, signing.keys(), store.foreignTokens(), clock));
    if (importFile.isPresent()) {
      new StartupImport(importFile.get(), importRecords).run();
    }
    GrpcPort.Parts parts =
        new GrpcPort.Parts(
            new VerifyTokens(
                access,
                cache,
                new Adoptions(signing.foreignTokens(), blocking, config.timeouts().verify()),
                clock,
                metrics),
            new IssueToken(access, validation, store.tokenWriter(), cache, sealer, ids, clock),
            new ManageTokens(
                access,
                validation,
                store.tokenReader(),
                store.tokenWriter(),
                cache,
                signing.foreignTokens(),
                clock),
            new ManageCallers(
                validation, store.callers(), callers::refreshQuietly, callers::refresh, clock),
            new ManageAccounts(access, validation, store.accounts(), cache, hashing, clock),
            new CheckPasswords(
                access,
                validation,
                store.accounts(),
                blocking,
                hashing,
                new LoginThrottle(limits(config), clock),
                schemes,
                sealer,
                metrics),
            signing.manage(),
            importRecords,
            callers,
            blocking,
            config.timeouts().call(),
            metrics.registry(),
            healthy,
            drain,
            config.reflection());
    Server server =
        Ports.server(
            address,
            config.eventLoops(),
            List.of(GrpcPort.service(parts), GrpcPort.publicService(parts)),
            new JwksService(signing.published()),
            metrics.registry());
    Ports.start(server, "port", config.listen());
    stops.push(() -> Ports.stop(server));
    Server ops = OpsPort.server(opsAddress, metrics.registry(), healthy);
    Ports.start(ops, "ops.port", config.ops());
    stops.push(() -> Ports.stop(server, ops));
    stops.push(() -> drain.finish(config.timeouts().drain()));

    url = Ports.url(config.listen(), server);
    opsUrl = Ports.url(config.ops(), ops);
    data.writeServerUrl(url);
    stops.push(() -> forgetUrl(data));
    healthy.setHealthy(true);
    LOG.info("Metrics and health at {}", opsUrl);
  }

  /** Lets calls under way finish, then ends everything. Idempotent. */
  @Override
  public void close() {
    healthy.setHealthy(false);
    while (!stops.isEmpty()) {
      try {
        stops.pop().run();
      } catch (RuntimeException e) {
        LOG.warn("Something did not stop as it should", e);
      }
    }
  }

  private static TokenCache.Settings cacheSettings(JetonConfig config) {
    return new TokenCache.Settings(
        config.cache().bytes(),
        config.cache().absentEntries(),
        config.cache().absentTime(),
        config.timeouts().verify(),
        config.database().readers(),
        config.cache().waitingLoads());
  }

  private static LoginThrottle.Limits limits(JetonConfig config) {
    return new LoginThrottle.Limits(
        config.logins().failuresPerAccount(),
        config.logins().failuresPerAddress(),
        config.logins().window());
  }

  private static Map<Integer, Map<String, Integer>> schemes(MySqlStore store) {
    return store.realms().all().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Realm::id, realm -> store.accounts().sampleSchemes(realm)));
  }

  private static DataDirectoryLock lock(Path path) throws StartupException {
    try {
      return DataDirectoryLock.take(path);
    } catch (IOException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void free(DataDirectoryLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("The data directory's lock was not given up", e);
    }
  }

  /** Makes the first caller, who may do everything, when there has never been one. */
  private static void createAdministrator(
      CallerStore callers, DataDirectory data, InstantSource clock) throws StartupException {
    if (!callers.isEmpty()) {
      return;
    }
    Secret key = data.administratorKey();
    Grants everything = Grants.of(Map.of(Grants.ALL_REALMS, EnumSet.of(Permission.ADMIN)));
    callers.create(
        "admin", Lookups.ofServiceKey(key.reveal()), everything, clock.instant(), Actor.SERVER);
    LOG.info("The first administrator's key is in {}", data.administratorKeyFile());
  }

  private static void forgetUrl(DataDirectory data) {
    try {
      data.deleteServerUrl();
    } catch (IOException e) {
      LOG.warn("{} could not be removed", "server.url", e);
    }
  }
}
