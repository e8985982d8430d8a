package io.jeton.server;

import io.jeton.server.backup.BackupException;
import io.jeton.server.backup.BackupReader;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.PrivateFiles;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.TokenGroup;
import io.jeton.server.storage.embedded.DatabaseClients;
import io.jeton.server.storage.embedded.EmbeddedDatabaseException;
import io.jeton.server.storage.mysql.MySqlStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes a data directory of a backup. The database is put together aside and moved to its place
 * last, so that no server starts on half of one; a failure leaves the directory empty again.
 */
final class Restore {
  private final JetonConfig config;
  private final Path home;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Consumer<String> lines;

  Restore(
      JetonConfig config,
      Path home,
      Map<String, String> environment,
      InstantSource clock,
      Consumer<String> lines) {
    this.config = config;
    this.home = home;
    this.environment = environment;
    this.clock = clock;
    this.lines = lines;
  }

  /**
   * What to do beside.
   *
   * @param endTokens whether to end every token and session in it
   * @param newMasterKey whether to encrypt its key ring under the master key of the settings,
   *     though the backup holds another
   */
  record Extras(boolean endTokens, boolean newMasterKey) {}

  /** Makes it. Blocks. */
  void read(Path file, Extras extras) throws StartupException, ConfigException, BackupException {
    Backup.requireEmbedded(config);
    requireEmpty(config.dataDirectory());
    Optional<MasterKey> configured = Optional.ofNullable(Keys.configured(config, environment));
    if (extras.newMasterKey && configured.isEmpty()) {
      throw new ConfigException("--new-master-key: (expected: the new one as setting master-key)");
    }
    List<MasterKey> previous = Keys.previous(config, environment);
    try (BackupReader backup = BackupReader.open(file, lines)) {
      RestoredKeys keys =
          new RestoredKeys(configured, previous, kept(backup, file), extras.newMasterKey);
      HeldDirectory held = HeldDirectory.take(config.dataDirectory());
      try {
        // Another restore may have made it meanwhile.
        requireEmpty(held.path());
        make(backup, DataDirectory.open(held.path()), keys, extras.endTokens);
      } finally {
        held.close();
      }
    } catch (IOException e) {
      throw new StartupException(
          "cannot write "
              + config.dataDirectory()
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown"),
          e);
    }
  }

  private static Optional<MasterKey> kept(BackupReader backup, Path file)
      throws BackupException, StartupException {
    try {
      return backup.text(Backup.MASTER_KEY).map(MasterKey::parse);
    } catch (IllegalArgumentException e) {
      throw new StartupException(file + " holds no master key in " + Backup.MASTER_KEY);
    }
  }

  private void make(BackupReader backup, DataDirectory data, RestoredKeys keys, boolean endTokens)
      throws StartupException, ConfigException, BackupException, IOException {
    try {
      putTogether(backup, data, keys, endTokens);
      finish(backup, data, keys);
    } finally {
      // Nothing is left of it when all went well.
      deleteTree(data.restoring());
    }
    lines.accept(
        "restored "
            + data.path()
            + " as of "
            + backup.manifest().time()
            + "; tokens and sessions that began or ended since are as they were then");
    if (keys.isNone()) {
      lines.accept(
          "the backup has no master key: put it into "
              + data.path().resolve(Backup.MASTER_KEY)
              + ", or set master-key, before you start jeton");
    }
  }

  private void putTogether(
      BackupReader backup, DataDirectory data, RestoredKeys keys, boolean endTokens)
      throws StartupException, ConfigException, IOException {
    Files.createDirectory(data.restoring());
    DataDirectory aside = DataDirectory.open(data.restoring());
    try (Database database = Database.open(config, aside, home, environment);
        InputStream statements = backup.part(Backup.DATABASE)) {
      lines.accept("loading the database as of " + backup.manifest().time());
      DatabaseClients.of(Database.embeddedSettings(config, aside, home)).load(statements);
      database.requireSchema();
      try (MySqlStore store =
          MySqlStore.open(database.address(), Database.connections(config), clock)) {
        if (keys.open(store.sealingKeys(), clock.instant())) {
          lines.accept("the key ring is now encrypted under the master-key of the settings");
        }
        if (endTokens) {
          endAll(store);
        }
      }
    } catch (EmbeddedDatabaseException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Ends all that somebody may have ended after the backup. */
  private void endAll(MySqlStore store) {
    Actor actor = new Actor(Actor.SERVER.callerId(), OfflineCaller.ADDRESS, "");
    for (Realm realm : store.realms().all()) {
      store.epochs().end(realm, TokenGroup.WHOLE_REALM, clock.instant(), actor);
      lines.accept("ended every token of realm " + realm.name());
      int sessions = store.sessions().destroyAll(realm, clock.instant(), actor);
      lines.accept("ended every session of realm " + realm.name() + ": " + sessions);
    }
  }

  /**
   * Moves the database to its place when everything else is there. When it cannot be, the keys are
   * removed again: a start would make a new database under them.
   */
  private static void finish(BackupReader backup, DataDirectory data, RestoredKeys keys)
      throws BackupException, IOException {
    Map<Path, String> texts = new LinkedHashMap<>();
    keys.toKeep()
        .ifPresent(key -> texts.put(data.path().resolve(Backup.MASTER_KEY), key.reveal() + "\n"));
    backup
        .text(Backup.ADMINISTRATOR_KEY)
        .ifPresent(key -> texts.put(data.administratorKeyFile(), key));
    boolean isWhole = false;
    try {
      for (Map.Entry<Path, String> each : texts.entrySet()) {
        PrivateFiles.create(each.getKey(), each.getValue());
      }
      Files.move(
          data.restoring().resolve("database"),
          data.path().resolve("database"),
          StandardCopyOption.ATOMIC_MOVE);
      isWhole = true;
    } finally {
      if (!isWhole) {
        for (Path each : texts.keySet()) {
          Files.deleteIfExists(each);
        }
      }
    }
    PrivateFiles.sync(data.path());
  }

  private static void requireEmpty(Path directory) throws StartupException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      // A restore that failed leaves its lock.
      if (entries.anyMatch(each -> !each.endsWith("jeton.lock"))) {
        throw new StartupException(directory + " is not empty (expected: a new data directory)");
      }
    } catch (IOException e) {
      throw new StartupException(directory + " cannot be read (expected: an empty folder)", e);
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
