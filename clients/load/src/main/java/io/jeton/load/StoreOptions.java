package io.jeton.load;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The server that is started, for the commands that measure one together with its database. */
final class StoreOptions {
  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where to make the data directory. Defaults to the system's temporary one.")
  Path workDir = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--buffer-pool",
      paramLabel = "SIZE",
      description =
          "How much of the data the database keeps in memory. Defaults to ${DEFAULT-VALUE}.")
  String bufferPool = "512MiB";
}
