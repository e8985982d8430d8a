package io.jeton.server.storage.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Secret;
import io.jeton.server.storage.mysql.Migrations.MigrationException;
import io.jeton.server.storage.mysql.Migrations.Outcome;
import io.jeton.server.storage.mysql.Migrations.State;
import io.jeton.server.testing.MariaDbExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsTest {
  @RegisterExtension static final MariaDbExtension database = new MariaDbExtension();

  private static final String OWN_TABLES =
      " WHERE table_schema = DATABASE() AND table_name <> 'flyway_schema_history'";

  private Migrations migrations;

  @BeforeEach
  void empty() throws SQLException {
    database.clear();
    migrations = migrations(database.password());
  }

  @Test
  void emptyDatabase_isBehind_andMigratesToCurrent() throws Exception {
    assertThat(migrations.state()).isEqualTo(State.BEHIND);

    assertThat(migrations.migrate()).isEqualTo(new Outcome(Optional.empty(), "4", 4));

    assertThat(migrations.state()).isEqualTo(State.CURRENT);
  }

  @Test
  void secondMigration_appliesNothing() throws Exception {
    migrations.migrate();

    assertThat(migrations.migrate()).isEqualTo(new Outcome(Optional.of("4"), "4", 0));
    assertThat(migrations(database.password()).migrate().applied()).isZero();
  }

  @Test
  void databaseOfNewerProgram_isAhead() throws Exception {
    migrations.migrate();
    execute(
        """
        INSERT INTO flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'test', 1, 1)""");

    assertThat(migrations.state()).isEqualTo(State.AHEAD);
  }

  @Test
  void databaseOfTheNextProgram_isNext_andOfTheOneAfterItAhead() throws Exception {
    migrations.migrate();
    recordMigration(5);
    assertThat(migrations.state()).isEqualTo(State.NEXT);
    assertThat(migrations.migrate().applied()).isZero();

    recordMigration(6);
    assertThat(migrations.state()).isEqualTo(State.AHEAD);
    assertThat(migrations.version()).contains("6");
  }

  private static void recordMigration(int version) throws Exception {
    execute(
        """
        INSERT INTO flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        VALUES (%1$d, '%1$d', 'later', 'SQL', 'V%1$d__later.sql', 1, 'test', 1, 1)"""
            .formatted(version));
  }

  @Test
  void databaseWithoutItsLastMigration_isBehind() throws Exception {
    migrations.migrate();
    execute("DELETE FROM flyway_schema_history WHERE version = '4'");

    assertThat(migrations.state()).isEqualTo(State.BEHIND);
  }

  @Test
  void failedMigration_leavesDatabaseBehind() throws Exception {
    migrations.migrate();
    execute("UPDATE flyway_schema_history SET success = 0 WHERE version = '1'");

    assertThat(migrations.state()).isEqualTo(State.BEHIND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "4"})
  void migrationThatIsRecordedAsFailedThoughAllOfItIsThere_isFinished(String version)
      throws Exception {
    migrations.migrate();
    List<String> whole = schema();
    migrateTo(version);
    execute("UPDATE flyway_schema_history SET success = 0 WHERE version = '" + version + "'");

    assertThat(migrations.repair().to()).isEqualTo("4");
    requireCurrent(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "4"})
  void migrationThatWasCutOffBeforeItsRecord_isFinished(String version) throws Exception {
    migrations.migrate();
    List<String> whole = schema();
    migrateTo(version);
    execute("DELETE FROM flyway_schema_history WHERE version = '" + version + "'");
    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("version " + version + " of the schema was left half done");
    execute("DELETE FROM flyway_schema_history WHERE version = '" + version + "'");

    assertThat(migrations.repair().to()).isEqualTo("4");
    requireCurrent(whole);
  }

  @Test
  void migrationThatFailedHalfWay_isFinished_onceItsCauseIsMended() throws Exception {
    migrations.migrate();
    List<String> whole = schema();
    migrateTo("2");
    execute("RENAME TABLE audit TO elsewhere");
    assertThatThrownBy(migrations::migrate).hasMessageContaining("audit' doesn't exist");
    assertThat(migrations.state()).isEqualTo(State.BEHIND);
    assertThatThrownBy(migrations::repair).hasMessageContaining("audit' doesn't exist");
    execute("RENAME TABLE elsewhere TO audit");
    assertThatThrownBy(migrations::migrate)
        .hasMessageContaining("version 3 of the schema was left half done");

    assertThat(migrations.repair()).isEqualTo(new Outcome(Optional.of("2"), "4", 2));
    requireCurrent(whole);
  }

  @Test
  void whatTheNextProgramLeftHalfDone_keepsThisOneFromNothing() throws Exception {
    migrations.migrate();
    recordMigration(5);
    execute("UPDATE flyway_schema_history SET success = 0 WHERE version = '5'");
    assertThat(migrations.state()).isEqualTo(State.NEXT);

    execute("UPDATE flyway_schema_history SET success = 1 WHERE version = '5'");
    recordMigration(6);
    execute("UPDATE flyway_schema_history SET success = 0 WHERE version = '6'");
    assertThat(migrations.state()).isEqualTo(State.AHEAD);
  }

  private void requireCurrent(List<String> whole) throws Exception {
    assertThat(migrations.state()).isEqualTo(State.CURRENT);
    assertThat(migrations.migrate().applied()).isZero();
    assertThat(schema()).isEqualTo(whole);
  }

  /** What an older program leaves. */
  private static void migrateTo(String version) throws Exception {
    database.clear();
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password().reveal())
        .locations("classpath:io/jeton/server/storage/mysql")
        .target(version)
        .load()
        .migrate();
  }

  /** Every table, column, index and reference. */
  private static List<String> schema() throws SQLException {
    List<String> schema = new ArrayList<>();
    for (String table :
        query("SELECT table_name FROM information_schema.tables" + OWN_TABLES + " ORDER BY 1")) {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + table)) {
        row.next();
        schema.add(row.getString(2));
      }
    }
    return schema;
  }

  @Test
  void wrongPassword_isOneLine_withoutThePassword() throws Exception {
    Migrations refused = migrations(Secret.of("not-the-password"));

    assertThatThrownBy(refused::migrate)
        .isInstanceOf(MigrationException.class)
        .hasMessage("it refuses the user or the password");
    assertThatThrownBy(refused::state).isInstanceOf(MigrationException.class);
  }

  @Test
  void everyColumn_saysItsMeaning() throws Exception {
    migrations.migrate();

    assertThat(
            query(
                "SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns"
                    + OWN_TABLES
                    + " AND column_comment = ''"))
        .isEmpty();
    assertThat(query("SELECT table_name FROM information_schema.tables" + OWN_TABLES)).hasSize(18);
    assertThat(
            query(
                "SELECT table_name FROM information_schema.tables"
                    + OWN_TABLES
                    + " AND table_comment = ''"))
        .isEmpty();
  }

  @Test
  void everyIndex_saysItsUse() throws Exception {
    migrations.migrate();

    assertThat(
            query(
                "SELECT CONCAT(table_name, '.', index_name) FROM information_schema.statistics"
                    + OWN_TABLES
                    + " AND index_comment = ''"))
        .isEmpty();
  }

  private static Migrations migrations(Secret password) throws SQLException {
    return new Migrations(new DatabaseAddress(database.jdbcUrl(), database.user(), password));
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
