package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jeton.client.IssueSpec;
import io.jeton.client.IssuedToken;
import io.jeton.client.JetonClient;
import io.jeton.client.TokenRef;
import io.jeton.server.storage.embedded.PlainMariaDb;
import io.jeton.server.testing.BesideOthers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator's own database, with a binary log, set up as {@code docs/external-database.md} says.
 */
@BesideOthers
class ExternalDatabaseTest {
  private static final String PASSWORD = "of-the-node";
  private static final String MIGRATING = "of-the-migration";
  private static final String OPENED = "jeton_database_connects_total{outcome=\"ok\"}";

  @TempDir static Path server;
  private static PlainMariaDb database;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    database = PlainMariaDb.start(server, "--log-bin=binlog", "--binlog-format=MIXED");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @AfterEach
  void reset() throws SQLException {
    database.execute(
        "SET GLOBAL read_only = 0",
        "SET GLOBAL binlog_format = 'MIXED'",
        "DROP USER IF EXISTS 'jeton_migrate'@'127.0.0.1'",
        "CREATE OR REPLACE USER 'jeton'@'127.0.0.1' IDENTIFIED BY '" + password() + "'",
        "GRANT ALL PRIVILEGES ON jeton.* TO 'jeton'@'127.0.0.1'");
  }

  @Test
  void thePagesRights_areEnough_andNoneIsMissing() throws Exception {
    database.execute(
        "DROP USER 'jeton'@'127.0.0.1'", "DROP DATABASE jeton", "CREATE DATABASE jeton");
    database.execute(statements());
    ExternalDatabase migrating = external().with("database.user", "jeton_migrate");
    ExternalDatabase serving = external().with("database.user", "jeton");

    assertThatThrownBy(() -> serving.migrate(PASSWORD))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("the user lacks a right");
    assertThat(directory).as("what a migration leaves on its machine").isEmptyDirectory();
    assertThatThrownBy(() -> serving.start(PASSWORD).close())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("run jeton migrate");
    migrating.migrate(MIGRATING);

    try (Node node = serving.start(PASSWORD);
        JetonClient client =
            JetonClient.builder().server(node.url()).key(serving.administratorKey()).build()) {
      IssuedToken token = client.tokens().issue(IssueSpec.builder().subject("a").build());
      assertThat(client.tokens().verify(token.secret()).active()).isTrue();
      client.tokens().revoke(TokenRef.secret(token.secret()));
      assertThat(client.tokens().verify(token.secret()).active()).isFalse();
      migrating.migrate(MIGRATING);
    }
  }

  @Test
  void aMigrationThatLackedARight_isFinishedByARepair_onceItIsThere() throws Exception {
    database.execute(
        "DROP USER 'jeton'@'127.0.0.1'", "DROP DATABASE jeton", "CREATE DATABASE jeton");
    database.execute(statements());
    database.execute("REVOKE ALTER ON jeton.* FROM 'jeton_migrate'@'127.0.0.1'");
    ExternalDatabase migrating = external().with("database.user", "jeton_migrate");

    assertThatThrownBy(() -> migrating.migrate(MIGRATING))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("the user lacks a right: ALTER command denied");
    assertThatThrownBy(() -> migrating.repair(MIGRATING))
        .hasMessageContaining("the user lacks a right: ALTER command denied");
    database.execute("GRANT ALTER ON jeton.* TO 'jeton_migrate'@'127.0.0.1'");
    assertThatThrownBy(() -> migrating.migrate(MIGRATING))
        .hasMessageContaining("version 2 of the schema was left half done")
        .hasMessageContaining("jeton migrate --repair");

    migrating.repair(MIGRATING);
    external().with("database.user", "jeton").start(PASSWORD).close();
  }

  @Test
  void aReadOnlyServer_isNoPrimary() throws Exception {
    database.execute("SET GLOBAL read_only = 1");
    assertThatThrownBy(() -> external().start(password()).close())
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "the database at "
                + database.jdbcUrl()
                + " cannot be used: it is read-only (expected: the primary)");
  }

  /** Reads alone would never find out, and go on being told what the old primary believes. */
  @Test
  void aServerThatBecomesReadOnly_isConnectedToAnew_withoutAWrite() throws Exception {
    ExternalDatabase external = external();
    external.migrate(password());
    try (Node node = external.start(password())) {
      await()
          .until(
              () -> metric(node, "jeton_database_connections{pool=\"calls\",state=\"idle\"}") >= 4);
      double before = metric(node, OPENED);
      assertThat(before).isGreaterThanOrEqualTo(4);
      assertThat(metric(node, "jeton_database_connects_total{outcome=\"failed\"}")).isZero();
      assertThat(metric(node, "jeton_database_waiting")).isZero();

      database.execute("SET GLOBAL read_only = 1");

      await().until(() -> metric(node, OPENED) >= before + 4);
    }
  }

  @Test
  void aBinaryLogOfStatements_isRefused_becauseNothingCouldBeWritten() throws Exception {
    database.execute("CREATE TABLE IF NOT EXISTS t (a INT) ENGINE=InnoDB");
    database.execute("SET GLOBAL binlog_format = 'STATEMENT'");
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), password());
        Statement statement = connection.createStatement()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES (1)"))
          .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
          .extracting(SQLException::getErrorCode)
          .isEqualTo(1665);
    } finally {
      database.execute("DROP TABLE t");
    }
    assertThatThrownBy(() -> external().start(password()).close())
        .hasMessageContaining("binlog_format is STATEMENT");
  }

  private static double metric(Node node, String series) throws Exception {
    HttpResponse<String> page =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(node.opsUrl() + "/metrics")).build(),
                BodyHandlers.ofString());
    return page.body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series + " in\n" + page.body()));
  }

  private ExternalDatabase external() {
    return new ExternalDatabase(database, directory);
  }

  private static String password() {
    return database.password().reveal();
  }

  /** Those that the page has an operator type. */
  private static String[] statements() throws Exception {
    Matcher block =
        Pattern.compile("(?s)\\nmariadb <<SQL\\n(.*?)\\nSQL\\n")
            .matcher(Files.readString(Path.of("docs/external-database.md")));
    assertThat(block.find()).isTrue();
    return Arrays.stream(
            block
                .group(1)
                .replace("$(cat /etc/jeton/migrate.password)", MIGRATING)
                .replace("$(cat /etc/jeton/database.password)", PASSWORD)
                .replace("CREATE DATABASE jeton", "ALTER DATABASE jeton")
                .split(";\\n?"))
        .toArray(String[]::new);
  }
}
