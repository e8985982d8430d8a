package io.jeton.server.storage.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database's schema to this program's version, or says how far it is from it. Blocks. */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Connector source;
  private final Flyway flyway;

  public Migrations(DatabaseAddress address) {
    this.source = Connector.unlimited(address, CONNECT_TIMEOUT);
    this.flyway =
        Flyway.configure()
            .dataSource(source)
            .locations("classpath:io/jeton/server/storage/mysql")
            .validateMigrationNaming(true)
            .cleanDisabled(true)
            .load();
  }

  /** Whether the schema is this program's, older, or newer. */
  public enum State {
    CURRENT,
    /** Migrations are missing. */
    BEHIND,
    /** The next version of the program has migrated it, which leaves it fit for this one. */
    NEXT,
    /** A program that is newer than the next has migrated it. */
    AHEAD
  }

  /** What a migration did: the version before, if there was one, and after. */
  public record Outcome(Optional<String> from, String to, int applied) {}

  /**
   * Applies the migrations that are missing. Running it twice at once is safe where the engine has
   * GET_LOCK.
   *
   * @throws MigrationException with one line that says why it failed
   */
  public Outcome migrate() throws MigrationException {
    try {
      requireNoneUnfinished();
      Optional<String> from = version(flyway.info());
      int applied = flyway.migrate().migrationsExecuted;
      return new Outcome(from, version(flyway.info()).orElse("none"), applied);
    } catch (FlywayException e) {
      if (StoreFailures.sqlException(e).filter(UnfinishedMigration::isThere).isPresent()) {
        // One that was cut off before it was recorded; this attempt has recorded it.
        requireNoneUnfinished();
      }
      throw new MigrationException(e);
    }
  }

  private void requireNoneUnfinished() throws MigrationException {
    Optional<UnfinishedMigration> unfinished = unfinished();
    if (unfinished.isPresent()) {
      throw new MigrationException(
          "version "
              + unfinished.get().version()
              + " of the schema was left half done"
              + " (expected: jeton migrate --repair, once what stopped it is mended)");
    }
  }

  /**
   * Finishes a migration that failed or was cut off, if there is one, and applies those that are
   * missing. Tables of others that have the names of this program's would be taken for its own.
   *
   * @throws MigrationException with one line that says why it failed
   */
  public Outcome repair() throws MigrationException {
    Optional<UnfinishedMigration> unfinished = unfinished();
    if (unfinished.isPresent()) {
      return finished(unfinished.get());
    }
    try {
      return migrate();
    } catch (MigrationException e) {
      // It is recorded only now when the process of before ended within it.
      unfinished = unfinished();
      if (unfinished.isEmpty()) {
        throw e;
      }
      return finished(unfinished.get());
    }
  }

  private Outcome finished(UnfinishedMigration unfinished) throws MigrationException {
    try (Connection connection = source.getConnection()) {
      unfinished.finish(connection, flyway.getConfiguration().getTable());
    } catch (SQLException e) {
      throw new MigrationException(e);
    }
    LOG.warn("Version {} of the schema was left half done, and is now whole", unfinished.version());
    Outcome rest = migrate();
    return new Outcome(before(unfinished.version()), rest.to(), rest.applied() + 1);
  }

  private static Optional<String> before(String version) {
    int before = Integer.parseInt(version) - 1;
    return before == 0 ? Optional.empty() : Optional.of(Integer.toString(before));
  }

  private Optional<UnfinishedMigration> unfinished() throws MigrationException {
    try {
      return UnfinishedMigration.among(flyway.info().all());
    } catch (FlywayException e) {
      throw new MigrationException(e);
    }
  }

  /**
   * How far the schema is. What a newer program has left half done counts as done: its migrations
   * only add.
   */
  public State state() throws MigrationException {
    try {
      MigrationInfoService info = flyway.info();
      int newest = 0;
      int known = 0;
      for (MigrationInfo each : info.all()) {
        boolean isKnown = each.getState().isResolved();
        if (isKnown && each.getState().isFailed()) {
          return State.BEHIND;
        }
        if (each.getState().isApplied()) {
          newest = Math.max(newest, number(each));
        }
        if (isKnown) {
          known = Math.max(known, number(each));
        }
      }
      if (newest > known) {
        return newest == known + 1 ? State.NEXT : State.AHEAD;
      }
      return info.pending().length == 0 ? State.CURRENT : State.BEHIND;
    } catch (FlywayException e) {
      throw new MigrationException(e);
    }
  }

  private static int number(MigrationInfo migration) {
    return Integer.parseInt(migration.getVersion().getVersion());
  }

  /** The version of the schema; empty when it has none yet. */
  public Optional<String> version() throws MigrationException {
    try {
      return version(flyway.info());
    } catch (FlywayException e) {
      throw new MigrationException(e);
    }
  }

  private static Optional<String> version(MigrationInfoService info) {
    return Optional.ofNullable(info.current()).map(MigrationInfo::getVersion).map(Object::toString);
  }

  /** A migration that failed; the message is one line for a person. */
  public static final class MigrationException extends Exception {
    private static final long serialVersionUID = 1L;

    MigrationException(FlywayException cause) {
      super(oneLine(cause), cause);
    }

    MigrationException(SQLException cause) {
      super(DatabaseProblems.oneLine(cause), cause);
    }

    MigrationException(String message) {
      super(message);
    }

    private static String oneLine(FlywayException e) {
      return StoreFailures.sqlException(e)
          .map(sql -> DatabaseProblems.oneLine(sql))
          .orElseGet(() -> String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown"));
    }
  }
}
