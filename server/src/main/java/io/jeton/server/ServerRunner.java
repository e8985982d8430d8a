package io.jeton.server;

import io.jeton.bridge.Instances;
import io.jeton.bridge.remote.CoreTls;
import io.jeton.client.records.ImportFile;
import io.jeton.server.cli.BridgeOptions;
import io.jeton.server.cli.CliException;
import io.jeton.server.cli.ExitCode;
import io.jeton.server.cli.MigrateOptions;
import io.jeton.server.cli.NodeRunner;
import io.jeton.server.cli.ServeOptions;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.demo.DemoSettings;
import io.jeton.server.net.ClientFiles;
import io.jeton.server.net.PemException;
import io.jeton.server.net.PemFile;
import io.jeton.server.ops.Build;
import io.jeton.server.storage.mysql.Migrations;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the commands that need a whole node. */
final class ServerRunner implements NodeRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ServerRunner.class);
  private static final Path CONFIG_FILE = Path.of("jeton.yaml");

  private final PrintWriter out;
  private final Map<String, String> environment;
  private final UpkeepRunner upkeep;
  private String changes = "";

  ServerRunner(PrintWriter out, Map<String, String> environment) {
    this.out = out;
    this.environment = environment;
    this.upkeep = new UpkeepRunner(out, environment);
  }

  /**
   * Returns only when the node could not start: the process ends in its shutdown hook, with status
   * 0.
   */
  @Override
  public int serve(ServeOptions options) {
    Map<String, String> settings = ports(options.host(), options.port(), options.opsPort());
    options.dataDir().ifPresent(value -> settings.put("data-dir", value.toString()));
    Node node;
    List<String> lines;
    try {
      JetonConfig config = begin(options.config(), settings);
      if (options.demo()) {
        requireDemoAllowed(config);
        config = withDemoSecrets(config);
      }
      node =
          Node.start(
              config,
              home(),
              environment,
              options.importFile().map(file -> ImportFile.of(file, environment)),
              Clock.systemUTC());
      // Before it says that it is ready: the examples work from then on.
      lines = options.demo() ? node.demo() : List.of();
    } catch (ConfigException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (StartupException e) {
      throw new CliException(ExitCode.NOT_STARTED, String.valueOf(e.getMessage()));
    }
    Thread stop = stopWithTheProcess(node::close);
    begun();
    ready(node.url());
    lines.forEach(out::println);
    out.flush();
    try {
      node.awaitDisplaced();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(stop);
    node.close();
    throw new CliException(ExitCode.NOT_STARTED, "another jeton has taken the database");
  }

  /** Returns only when it is interrupted: the process ends in its shutdown hook, with status 0. */
  @Override
  public int bridge(BridgeOptions options) {
    Map<String, String> settings = ports(options.host(), options.port(), options.opsPort());
    BridgeNode node;
    try {
      node =
          BridgeNode.start(
              begin(options.config(), settings),
              options.core(),
              options.key(),
              tls(options.certificates()),
              environment,
              Clock.systemUTC());
    } catch (ConfigException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (StartupException e) {
      throw new CliException(ExitCode.NOT_STARTED, String.valueOf(e.getMessage()));
    }
    Thread stop = stopWithTheProcess(node::close);
    begun();
    ready(node.url());
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(stop);
    node.close();
    return ExitCode.OK;
  }

  @Override
  public NewCaller createCaller(CallerOptions options) {
    return upkeep.createCaller(options);
  }

  @Override
  public int backup(BackupOptions options) {
    return upkeep.backup(options);
  }

  @Override
  public int restore(RestoreOptions options) {
    return upkeep.restore(options);
  }

  @Override
  public int migrate(MigrateOptions options) {
    Map<String, String> settings = new HashMap<>();
    options.dataDir().ifPresent(value -> settings.put("data-dir", value.toString()));
    try {
      Migrations.Outcome outcome =
          Node.migrate(read(options.config(), settings), home(), environment, options.repair());
      out.println(
          outcome.applied() == 0
              ? "the schema is at version " + outcome.to() + " already"
              : "migrated the schema from version "
                  + outcome.from().orElse("none")
                  + " to "
                  + outcome.to());
      return ExitCode.OK;
    } catch (ConfigException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (StartupException e) {
      throw new CliException(ExitCode.NOT_STARTED, String.valueOf(e.getMessage()));
    }
  }

  /** What the bridge's certificates are. */
  private static CoreTls tls(BridgeOptions.Certificates files) throws ConfigException {
    try {
      List<X509Certificate> chain =
          ClientFiles.certificates(
              files.certificate().map(file -> new PemFile("--core-cert", file)));
      if (!chain.isEmpty() && files.certificateKey().isEmpty()) {
        throw new ConfigException("--core-cert-key: (expected: the key of --core-cert)");
      }
      return new CoreTls(
          ClientFiles.certificates(files.ca().map(file -> new PemFile("--core-ca", file))),
          ClientFiles.key(
              files.certificateKey().map(file -> new PemFile("--core-cert-key", file)), chain),
          chain);
    } catch (PemException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  /** Reads the settings, and has the log written as they say. */
  private JetonConfig begin(Optional<Path> file, Map<String, String> settings)
      throws ConfigException {
    JetonConfig config = read(file, settings);
    Logs.use(config.log().format());
    changes = ConfigReader.changes(present(file), environment, settings).toString();
    return config;
  }

  /** Says in the log what runs now; of a start that is refused the refusal is all that is said. */
  private void begun() {
    LOG.info("Jeton {} runs with {}", Build.version(), changes);
  }

  private JetonConfig read(Optional<Path> file, Map<String, String> settings)
      throws ConfigException {
    return read(file, environment, settings);
  }

  /** The settings of a file, of the one that lies here, or of none. */
  static JetonConfig read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> settings)
      throws ConfigException {
    return ConfigReader.read(present(file), environment, settings);
  }

  private static Optional<Path> present(Optional<Path> file) {
    return file.isEmpty() && Files.exists(CONFIG_FILE) ? Optional.of(CONFIG_FILE) : file;
  }

  /** The distribution that this program runs from. */
  static Path home() {
    return Path.of(System.getProperty("jeton.home", "."));
  }

  /** Refuses to put passwords that everybody knows where others can use them. */
  private static void requireDemoAllowed(JetonConfig config) throws StartupException {
    if (config.database().url().isPresent()) {
      throw new StartupException(
          "--demo: its passwords are public, so it never goes into an external database"
              + " (expected: no database.url)");
    }
    if (!Ports.isLoopback("host", config.listen())) {
      throw new StartupException(
          "--demo: its passwords are public, so it answers this machine alone"
              + " (expected: a loopback address as host)");
    }
  }

  /** The contracts with the secrets that the examples were made with, where they have none. */
  private static JetonConfig withDemoSecrets(JetonConfig config) {
    return config.withContracts(
        DemoSettings.complete(config.contracts().orElseGet(Instances::defaults)));
  }

  private static Map<String, String> ports(
      Optional<String> host, Optional<Integer> port, Optional<Integer> opsPort) {
    Map<String, String> settings = new HashMap<>();
    host.ifPresent(value -> settings.put("host", value));
    port.ifPresent(value -> settings.put("port", value.toString()));
    opsPort.ifPresent(value -> settings.put("ops.port", value.toString()));
    return settings;
  }

  private void ready(String url) {
    out.println("jeton ready on " + url);
    out.flush();
  }

  /** Ends the process with status 0 once the given has ended, when the process is told to end. */
  private static Thread stopWithTheProcess(Runnable close) {
    Thread stop =
        new Thread(
            () -> {
              close.run();
              // A hook cannot choose the exit status otherwise: after a signal it would be 128 and
              // its number.
              Runtime.getRuntime().halt(ExitCode.OK);
            },
            "jeton-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    return stop;
  }
}
