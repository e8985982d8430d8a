package io.jeton.server.storage.mysql;

import static org.awaitility.Awaitility.await;

import io.jeton.server.storage.MySqlStoreExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** Ends connections as a database does that fails over. */
final class Connections {
  private Connections() {}

  /** Ends a handle's connection on the server, and waits until its transaction is rolled back. */
  static void kill(MySqlStoreExtension mysql, Handle handle) {
    long id = handle.createQuery("SELECT CONNECTION_ID()").mapTo(Long.class).one();
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("KILL " + id);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .until(
            () ->
                mysql
                    .query("SELECT id FROM information_schema.processlist WHERE id = " + id)
                    .isEmpty());
  }
}
