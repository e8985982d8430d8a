package io.jeton.server.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton restore}: makes a data directory of a backup. */
@Command(
    name = "restore",
    description = {
      "Make a data directory of what jeton backup wrote, for jeton serve --data-dir DIR.",
      "What happened after the backup is not in it: tokens that were revoked since and",
      "sessions that were destroyed are valid again, unless --end-tokens is given."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton restore /var/backups/jeton-1.zip --data-dir /srv/jeton-again",
      "  jeton restore jeton-1.zip --data-dir /srv/jeton-again --end-tokens",
      "  jeton restore jeton-1.zip --data-dir /srv/jeton-again --config jeton.yaml --new-master-key"
    })
final class RestoreCommand implements Callable<Integer> {
  private final Upkeep upkeep;

  @Parameters(index = "0", paramLabel = "FILE", description = "The backup.")
  private @Nullable Path file;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      required = true,
      description = "The data directory to make: an empty folder, or none yet.")
  private @Nullable Path dataDir;

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file to read.")
  private @Nullable Path config;

  @Option(
      names = "--end-tokens",
      description = {
        "End every token, refresh secret and session of every realm, since nobody",
        "knows which were ended after the backup. Everybody has to log in again, and",
        "licence codes have to be made again."
      })
  private boolean endTokens;

  @Option(
      names = "--new-master-key",
      description = {
        "Encrypt the key ring under the setting master-key, which is another than the",
        "one in the backup: for a backup from before the master key was changed."
      })
  private boolean newMasterKey;

  RestoreCommand(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  public Integer call() {
    if (file == null || dataDir == null) {
      throw new IllegalStateException("both are required");
    }
    return upkeep.restore(
        new Upkeep.RestoreOptions(
            file, Optional.ofNullable(config), dataDir, endTokens, newMasterKey));
  }
}
