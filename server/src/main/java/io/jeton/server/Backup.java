package io.jeton.server;

import io.jeton.server.backup.BackupException;
import io.jeton.server.backup.BackupWriter;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.crypto.MasterKey;
import io.jeton.server.domain.Secret;
import io.jeton.server.storage.embedded.DatabaseClients;
import io.jeton.server.storage.embedded.EmbeddedDatabaseException;
import io.jeton.server.storage.mysql.DatabaseAddress;
import io.jeton.server.storage.mysql.Migrations;
import io.jeton.server.storage.mysql.Migrations.MigrationException;
import io.jeton.server.storage.mysql.MySqlStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes an embedded database and its keys to one file. A database that runs is asked while it
 * serves; one that does not is started for it. The master keys are tried before anything is
 * written, and the one that the key ring is encrypted under is kept with it.
 */
final class Backup {
  static final String DATABASE = "database.sql";
  static final String MASTER_KEY = "master.key";
  static final String ADMINISTRATOR_KEY = "admin.key";

  private final JetonConfig config;
  private final Path home;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Consumer<String> lines;

  Backup(
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

  /** Writes it. Blocks. */
  void write(Path out, boolean withKeys) throws StartupException, ConfigException, BackupException {
    requireEmbedded(config);
    BackupWriter.requireNew(out);
    if (!DatabaseClients.isDatabaseIn(config.dataDirectory())) {
      throw new StartupException(
          config.dataDirectory() + " holds no embedded database (expected: a data directory)");
    }
    DataDirectory data = DataDirectory.open(config.dataDirectory());
    data.requireWhole();
    MasterKey configured = Keys.configured(config, environment);
    MasterKey masterKey = configured == null ? data.existingMasterKey() : configured;
    // Between a change of the settings and the restart the key ring is under a previous one.
    List<MasterKey> previous = Keys.previous(config, environment);
    Optional<HeldDirectory> held = HeldDirectory.tryTake(config.dataDirectory());
    if (held.isEmpty()) {
      write(out, withKeys, data, masterKey, previous);
      return;
    }
    try {
      lines.accept("no server runs on " + data.path() + ": starting its database for this");
      Database started = Database.open(config, data, home, environment);
      try {
        write(out, withKeys, data, masterKey, previous);
      } finally {
        started.close();
      }
    } finally {
      held.get().close();
    }
  }

  /** Refuses what only an embedded database has. */
  static void requireEmbedded(JetonConfig config) throws StartupException {
    if (config.database().url().isPresent()) {
      throw new StartupException(
          "database.url: an external database is backed up and restored with its own tools"
              + " (expected: none, for the embedded database)");
    }
  }

  private void write(
      Path out,
      boolean withKeys,
      DataDirectory data,
      MasterKey configured,
      List<MasterKey> previous)
      throws StartupException, BackupException {
    Instant begin = clock.instant();
    try (BackupWriter writer = BackupWriter.create(out, lines)) {
      DatabaseClients clients = DatabaseClients.of(Database.embeddedSettings(config, data, home));
      DatabaseAddress address =
          new DatabaseAddress(clients.jdbcUrl(), clients.user(), clients.password());
      String schema = schema(address);
      MasterKey masterKey;
      try (MySqlStore store = MySqlStore.open(address, Database.connections(config), clock)) {
        masterKey = Keys.present(configured, previous, store.sealingKeys(), clock);
      }
      writer.add(DATABASE, clients::dump);
      if (withKeys) {
        writer.add(MASTER_KEY, to -> to.write(text(masterKey.secret())));
        Optional<Secret> administrator = data.existingAdministratorKey();
        if (administrator.isPresent()) {
          writer.add(ADMINISTRATOR_KEY, to -> to.write(text(administrator.get())));
        }
      }
      writer.finish(version(), schema, begin);
    } catch (EmbeddedDatabaseException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
    lines.accept(
        "backed up "
            + data.path()
            + " as of "
            + begin
            + " to "
            + out
            + (withKeys ? ", its keys too" : ", without its keys"));
  }

  private static String schema(DatabaseAddress address) throws StartupException {
    try {
      return new Migrations(address)
          .version()
          .orElseThrow(() -> new StartupException("the database has no schema yet: start jeton"));
    } catch (MigrationException e) {
      throw new StartupException("the embedded database does not answer: " + e.getMessage(), e);
    }
  }

  private static byte[] text(Secret secret) throws IOException {
    return (secret.reveal() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String version() {
    String version = Backup.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
