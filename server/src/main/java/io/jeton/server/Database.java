package io.jeton.server;

import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.domain.Secret;
import io.jeton.server.storage.embedded.EmbeddedDatabase;
import io.jeton.server.storage.embedded.EmbeddedDatabaseException;
import io.jeton.server.storage.embedded.EmbeddedDatabaseSettings;
import io.jeton.server.storage.mysql.DatabaseAddress;
import io.jeton.server.storage.mysql.Migrations;
import io.jeton.server.storage.mysql.Migrations.MigrationException;
import io.jeton.server.storage.mysql.MySqlStore;
import io.jeton.server.storage.mysql.MySqlStore.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of a node: the embedded one, which it starts and stops, or an external one. Methods
 * block.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** For the operator, backups, and what measures the database itself. */
  private static final int SPARE_CONNECTIONS = 150;

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final DatabaseAddress address;
  private final @Nullable EmbeddedDatabase embedded;

  private Database(DatabaseAddress address, @Nullable EmbeddedDatabase embedded) {
    this.address = address;
    this.embedded = embedded;
  }

  /** Starts the embedded database, or connects once to the external one. */
  static Database open(
      JetonConfig config, DataDirectory data, Path home, Map<String, String> environment)
      throws StartupException, ConfigException {
    Optional<String> url = config.database().url();
    return url.isPresent()
        ? external(config, url.get(), data.path(), environment)
        : embedded(config, data, home);
  }

  /** Migrates the external database, and leaves nothing on this machine. */
  static Migrations.Outcome migrateExternal(
      JetonConfig config, Map<String, String> environment, boolean repair)
      throws StartupException, ConfigException {
    try {
      Path directory = Files.createTempDirectory("jeton-migrate-");
      try (Database database =
          external(config, config.database().url().orElseThrow(), directory, environment)) {
        return database.migrate(repair);
      } finally {
        Files.deleteIfExists(DatabaseEncryption.trustStore(directory));
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new StartupException("no temporary file can be made: " + e.getMessage(), e);
    }
  }

  private static Database external(
      JetonConfig config, String url, Path directory, Map<String, String> environment)
      throws StartupException, ConfigException {
    Optional<io.jeton.server.config.SecretReference> reference = config.database().password();
    Secret password =
        reference.isPresent()
            ? reference.get().resolve("database.password", environment)
            : Secret.of("");
    DatabaseAddress address =
        new DatabaseAddress(
            url,
            config.database().user(),
            password,
            DatabaseEncryption.of(config.database(), url, directory));
    try {
      // One more for the lock that keeps a second node out.
      for (String warning : MySqlStore.probe(address, connections(config) + 1)) {
        LOG.warn("The database at {}: {}", url, warning);
      }
    } catch (DatabaseException e) {
      throw new StartupException(
          "the database at " + url + " cannot be used: " + e.getMessage(), e);
    }
    return new Database(address, null);
  }

  private static Database embedded(JetonConfig config, DataDirectory data, Path home)
      throws StartupException {
    try {
      EmbeddedDatabase database = EmbeddedDatabase.start(embeddedSettings(config, data, home));
      return new Database(
          new DatabaseAddress(database.jdbcUrl(), database.user(), database.password()), database);
    } catch (EmbeddedDatabaseException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  static EmbeddedDatabaseSettings embeddedSettings(
      JetonConfig config, DataDirectory data, Path home) {
    return new EmbeddedDatabaseSettings(
        data.path(),
        home.resolve("database"),
        config.embedded().binary(),
        config.embedded().bufferPoolBytes(),
        connections(config) + SPARE_CONNECTIONS,
        START_TIMEOUT);
  }

  /** How many connections a node uses at the most. */
  static int connections(JetonConfig config) {
    // Two more for the snapshots and the janitor.
    return config.database().readers() + config.database().writers() + 2;
  }

  DatabaseAddress address() {
    return address;
  }

  boolean isEmbedded() {
    return embedded != null;
  }

  /**
   * Migrates the embedded database; of an external one only checks that it is migrated. A schema of
   * the next version is left as it is: a migration only adds, and what it makes needless goes a
   * version later, so that this program runs on it.
   */
  void requireSchema() throws StartupException {
    try {
      switch (migrations().state()) {
        case CURRENT -> {}
        case NEXT ->
            LOG.warn("The next version of jeton has migrated the database; this one runs on it");
        case BEHIND -> {
          if (!isEmbedded()) {
            throw new StartupException(
                "the database at " + address.url() + " is not migrated: run jeton migrate");
          }
          Migrations.Outcome unused = migrate(true);
        }
        case AHEAD ->
            throw new StartupException(
                "the database at "
                    + address.url()
                    + " was migrated by a newer jeton: run that one");
      }
    } catch (MigrationException e) {
      throw failed(e);
    }
  }

  /**
   * Migrates it.
   *
   * @param repair whether to finish what was left half done; the embedded one is this program's
   *     alone, so that nobody need be asked
   */
  Migrations.Outcome migrate(boolean repair) throws StartupException {
    try {
      return repair || isEmbedded() ? migrations().repair() : migrations().migrate();
    } catch (MigrationException e) {
      throw failed(e);
    }
  }

  private Migrations migrations() {
    return new Migrations(address);
  }

  private StartupException failed(MigrationException e) {
    return new StartupException(
        "the database at " + address.url() + " cannot be migrated: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
