package io.jeton.server.storage.embedded;

import io.jeton.server.domain.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A mariadbd that stands for an operator's own: nobody starts it again but the test, which may kill
 * and freeze it. It has the database {@code jeton}, a user of the same name with all rights on it,
 * and an all-powerful one for the test. Used by one thread at a time.
 */
public final class PlainMariaDb implements AutoCloseable {
  private static final String ADMINISTRATOR = "test_admin";

  private final Launcher launcher;
  private final Credentials credentials;
  private final String administratorPassword;
  private final int port;
  private GuardedProcess process;

  private PlainMariaDb(
      Launcher launcher, Credentials credentials, String administratorPassword, int port) {
    this.launcher = launcher;
    this.credentials = credentials;
    this.administratorPassword = administratorPassword;
    this.port = port;
  }

  /**
   * Installs one and starts it.
   *
   * @param options of mariadbd, after ours
   */
  public static PlainMariaDb start(Path dataDirectory, String... options) throws Exception {
    EmbeddedDatabaseSettings settings = TestDatabases.underTest(dataDirectory);
    ServerBinary binary = ServerBinary.locate(settings);
    DatabaseDirectory directory = DatabaseDirectory.under(dataDirectory);
    new SystemTables(binary, directory, settings.startTimeout()).installIfAbsent();
    Credentials credentials = Credentials.random();
    String administratorPassword = Credentials.random().password().reveal();
    String account = "'" + ADMINISTRATOR + "'@'127.0.0.1'";
    EmbeddedDatabase.Tuning tuning =
        new EmbeddedDatabase.Tuning(
            List.of(options),
            List.of(
                "CREATE OR REPLACE USER "
                    + (account + " IDENTIFIED BY '" + administratorPassword + "'"),
                "GRANT ALL PRIVILEGES ON *.* TO " + account + " WITH GRANT OPTION"),
            TestDatabases::freePort);
    PlainMariaDb database =
        new PlainMariaDb(
            new Launcher(settings, binary, directory, credentials, tuning),
            credentials,
            administratorPassword,
            TestDatabases.freePort());
    database.start();
    return database;
  }

  /** Starts it again, at the same port, and blocks until it answers. */
  public void start() throws Exception {
    process = launcher.launch(port);
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() {
    process.kill();
  }

  /** Stops it where it is: connections stay, and nothing is answered. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on. */
  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** Where it is, without credentials. */
  public String jdbcUrl() {
    return "jdbc:mysql://127.0.0.1:" + port + "/" + Credentials.DATABASE;
  }

  public String user() {
    return Credentials.USER;
  }

  public Secret password() {
    return credentials.password();
  }

  /** Runs statements as the user who may do everything. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = administrate();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first two columns of each row. */
  public List<String[]> query(String sql) throws SQLException {
    try (Connection connection = administrate();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String[]> all = new ArrayList<>();
      while (rows.next()) {
        all.add(new String[] {rows.getString(1), rows.getString(2)});
      }
      return all;
    }
  }

  @Override
  public void close() {
    process.kill();
  }

  private Connection administrate() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), ADMINISTRATOR, administratorPassword);
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + name + " failed");
    }
  }
}
