package io.jeton.server.storage.mysql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a database to one node, because nodes do not follow each other's changes yet and a second
 * one would accept what the first has revoked. It is the server's GET_LOCK on a connection of its
 * own, which ends with the process. It guards against a mistake, not against a network that splits.
 * Methods block; used by one thread at a time.
 */
public final class NodeLock implements AutoCloseable {
  /** How long the server keeps a connection whose other end is gone. */
  public static final Duration GHOST = Duration.ofSeconds(10);

  /** It holds the schema, since a lock is one for the whole server. */
  private static final String NAME = "CONCAT('jeton:', LEFT(DATABASE(), 50))";

  private final DatabaseAddress address;
  private @Nullable Connection connection;

  private NodeLock(DatabaseAddress address) {
    this.address = address;
  }

  /** Whether this process may use the database alone. */
  public enum State {
    HELD,
    /** The database does not answer. */
    UNKNOWN,
    /**
     * Another connection has the lock; for {@link #GHOST} it may be this process's own last one.
     */
    TAKEN
  }

  /**
   * Tries to take the lock. Call {@link #check} to see whether it was had, and again every so
   * often.
   */
  public static NodeLock of(DatabaseAddress address) {
    return new NodeLock(address);
  }

  /** Takes the lock if it is not held any more, and says how it stands. */
  public State check() {
    try {
      if (connection != null && connection.isValid(1)) {
        return State.HELD;
      }
      close();
      Connection fresh = connect();
      if (number(fresh, "SELECT GET_LOCK(" + NAME + ", 0)") == 1) {
        // A connection that is lost without a word ends soon on the server too, and the lock with
        // it.
        execute(fresh, "SET SESSION wait_timeout = " + GHOST.toSeconds());
        connection = fresh;
        return State.HELD;
      }
      fresh.close();
      return State.TAKEN;
    } catch (SQLException e) {
      return State.UNKNOWN;
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It is gone, and the lock with it.
      }
      connection = null;
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = ConnectionPool.driverProperties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password().reveal());
    return DriverManager.getConnection(address.url(), properties);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
