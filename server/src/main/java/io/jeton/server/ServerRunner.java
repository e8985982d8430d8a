package io.jeton.server;

import io.jeton.client.records.ImportFile;
import io.jeton.server.cli.CliException;
import io.jeton.server.cli.ExitCode;
import io.jeton.server.cli.MigrateOptions;
import io.jeton.server.cli.NodeRunner;
import io.jeton.server.cli.ServeOptions;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.storage.mysql.Migrations;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs the commands that need a whole node. */
final class ServerRunner implements NodeRunner {
  private static final Path CONFIG_FILE = Path.of("jeton.yaml");

  private final PrintWriter out;
  private final Map<String, String> environment;

  ServerRunner(PrintWriter out, Map<String, String> environment) {
    this.out = out;
    this.environment = environment;
  }

  /**
   * Returns only when the node could not start: the process ends in its shutdown hook, with status
   * 0.
   */
  @Override
  public int serve(ServeOptions options) {
    Map<String, String> settings = new HashMap<>();
    options.dataDir().ifPresent(value -> settings.put("data-dir", value.toString()));
    options.host().ifPresent(value -> settings.put("host", value));
    options.port().ifPresent(value -> settings.put("port", value.toString()));
    options.opsPort().ifPresent(value -> settings.put("ops.port", value.toString()));
    Node node;
    try {
      node =
          Node.start(
              read(options.config(), settings),
              home(),
              environment,
              options.importFile().map(file -> ImportFile.of(file, environment)),
              Clock.systemUTC());
    } catch (ConfigException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (StartupException e) {
      throw new CliException(ExitCode.NOT_STARTED, String.valueOf(e.getMessage()));
    }
    Thread stop = new Thread(() -> stop(node), "jeton-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    out.println("jeton ready on " + node.url());
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

  @Override
  public int migrate(MigrateOptions options) {
    Map<String, String> settings = new HashMap<>();
    options.dataDir().ifPresent(value -> settings.put("data-dir", value.toString()));
    try {
      Migrations.Outcome outcome =
          Node.migrate(read(options.config(), settings), home(), environment);
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

  private JetonConfig read(Optional<Path> file, Map<String, String> settings)
      throws ConfigException {
    Optional<Path> present =
        file.isEmpty() && Files.exists(CONFIG_FILE) ? Optional.of(CONFIG_FILE) : file;
    return ConfigReader.read(present, environment, settings);
  }

  /** The distribution that this program runs from. */
  private static Path home() {
    return Path.of(System.getProperty("jeton.home", "."));
  }

  private static void stop(Node node) {
    node.close();
    // A hook cannot choose the exit status otherwise: after a signal it would be 128 and its
    // number.
    Runtime.getRuntime().halt(ExitCode.OK);
  }
}
