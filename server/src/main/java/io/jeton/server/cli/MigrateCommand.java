package io.jeton.server.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton migrate}: brings the database's schema to this version. */
@Command(
    name = "migrate",
    description = {
      "Bring the database's schema to this version and exit.",
      "Only for an external database: serve migrates the embedded one by itself."
    })
final class MigrateCommand implements Callable<Integer> {
  private final NodeRunner runner;

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file to read.")
  private @Nullable Path config;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the server keeps its files. Default: ./jeton-data")
  private @Nullable Path dataDir;

  @Option(
      names = "--repair",
      description = {
        "Finish a migration that failed or was cut off half way, once what stopped it is",
        "mended. Takes tables that have the names of jeton's for its own."
      })
  private boolean repair;

  MigrateCommand(NodeRunner runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() {
    return runner.migrate(
        new MigrateOptions(Optional.ofNullable(config), Optional.ofNullable(dataDir), repair));
  }
}
