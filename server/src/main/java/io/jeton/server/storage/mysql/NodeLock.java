package io.jeton.server.storage.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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

  /** How long an answer may take; more often than not there is none after that. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

  /** It holds the schema, since a lock is one for the whole server. */
  private static final String NAME = "CONCAT('jeton:', LEFT(DATABASE(), 50))";

  /** Of more values than two in newer versions. */
  private static final String IS_READ_ONLY = "CAST(@@GLOBAL.read_only AS CHAR) NOT IN ('0', 'OFF')";

  private final Connector connector;
  private @Nullable Connection connection;

  private NodeLock(DatabaseAddress address) {
    this.connector = new Connector(address, ConnectionPool.CONNECT_TIMEOUT, ANSWER_TIMEOUT);
  }

  /** Whether this process may use the database alone. */
  public enum State {
    HELD,
    /** The database does not answer. */
    UNKNOWN,
    /**
     * The server is read-only, as a primary is that has been replaced: its lock means nothing, and
     * neither does what it says.
     */
    READ_ONLY,
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
    if (connection != null && isHeldOn(connection)) {
      return State.HELD;
    }
    close();
    try {
      Connection fresh = connector.getConnection();
      State state = State.UNKNOWN;
      try {
        state = take(fresh);
        return state;
      } finally {
        if (state == State.HELD) {
          connection = fresh;
        } else {
          fresh.close();
        }
      }
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

  private static State take(Connection connection) throws SQLException {
    if (is(connection, IS_READ_ONLY)) {
      return State.READ_ONLY;
    }
    if (!is(connection, "GET_LOCK(" + NAME + ", 0) = 1")) {
      return State.TAKEN;
    }
    // A connection that is lost without a word ends soon on the server too, and the lock with it.
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION wait_timeout = " + GHOST.toSeconds());
    }
    return State.HELD;
  }

  private static boolean isHeldOn(Connection connection) {
    try {
      return is(
          connection,
          "IS_USED_LOCK(" + NAME + ") = CONNECTION_ID() AND NOT (" + IS_READ_ONLY + ")");
    } catch (SQLException e) {
      return false;
    }
  }

  private static boolean is(Connection connection, String condition) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + condition)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
