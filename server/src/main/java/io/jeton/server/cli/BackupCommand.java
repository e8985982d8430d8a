package io.jeton.server.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton backup}: writes the embedded database and its keys to one file. */
@Command(
    name = "backup",
    description = {
      "Write the embedded database and its keys to one file, which only you can read.",
      "The server may run meanwhile; the backup is the state of one moment. Needs to be",
      "run by the user that the server runs as. An external database is backed up with",
      "its own tools."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton backup --data-dir /var/lib/jeton --out /var/backups/jeton-1.zip",
      "  jeton restore /var/backups/jeton-1.zip --data-dir /srv/jeton-again"
    })
final class BackupCommand implements Callable<Integer> {
  private final Upkeep upkeep;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file to make, a ZIP archive; there must be none yet.")
  private @Nullable Path out;

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file to read.")
  private @Nullable Path config;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the server keeps its files. Default: ./jeton-data")
  private @Nullable Path dataDir;

  @Option(
      names = "--without-keys",
      description = {
        "Leave out the master key and the administrator's key. Without the master",
        "key, which you must keep elsewhere then, a backup cannot be used."
      })
  private boolean withoutKeys;

  BackupCommand(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  public Integer call() {
    if (out == null) {
      throw new IllegalStateException("the option is required");
    }
    return upkeep.backup(
        new Upkeep.BackupOptions(
            Optional.ofNullable(config), Optional.ofNullable(dataDir), out, withoutKeys));
  }
}
