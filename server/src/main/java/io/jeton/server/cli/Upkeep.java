package io.jeton.server.cli;

import io.jeton.server.domain.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Does what works on a node's data directory and database themselves, without its API. A failure
 * that the operator can mend is a {@link CliException}. Blocks.
 */
public interface Upkeep {

  /** Adds a caller straight to the database. */
  NewCaller createCaller(CallerOptions options);

  /**
   * Writes a backup of an embedded database, which may be in use.
   *
   * @return the exit status
   */
  int backup(BackupOptions options);

  /**
   * Makes a data directory of a backup.
   *
   * @return the exit status
   */
  int restore(RestoreOptions options);

  /**
   * What a caller is allowed in a realm.
   *
   * @param permissions their names in capitals
   * @param signKeys the names of the keys that it may have tokens signed with
   */
  record CallerGrant(String realm, List<String> permissions, List<String> signKeys) {
    /** Copies the lists. */
    public CallerGrant {
      permissions = List.copyOf(permissions);
      signKeys = List.copyOf(signKeys);
    }
  }

  /**
   * Which caller to add.
   *
   * @param config the configuration file to read
   * @param dataDir where the node keeps its files
   */
  record CallerOptions(
      Optional<Path> config, Optional<Path> dataDir, String name, List<CallerGrant> grants) {
    /** Copies the list. */
    public CallerOptions {
      grants = List.copyOf(grants);
    }
  }

  /** A caller that was added, with its service key, which cannot be had again. */
  record NewCaller(List<CallerGrant> grants, Instant createTime, Secret key) {
    /** Copies the list. */
    public NewCaller {
      grants = List.copyOf(grants);
    }
  }

  /**
   * What to back up.
   *
   * @param config the configuration file to read
   * @param dataDir where the node keeps its files
   * @param out the file to make
   * @param withoutKeys whether to leave out the master key and the administrator's key
   */
  record BackupOptions(
      Optional<Path> config, Optional<Path> dataDir, Path out, boolean withoutKeys) {}

  /**
   * What to restore.
   *
   * @param file the backup
   * @param config the configuration file to read
   * @param dataDir the data directory to make
   * @param endTokens whether to end every token, refresh secret and session in it
   * @param newMasterKey whether to encrypt its key ring under the master key of the settings,
   *     though the backup holds another
   */
  record RestoreOptions(
      Path file, Optional<Path> config, Path dataDir, boolean endTokens, boolean newMasterKey) {}
}
