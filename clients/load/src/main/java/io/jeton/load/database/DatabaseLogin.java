package io.jeton.load.database;

import io.jeton.load.child.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where an embedded database is and as whom to log in; the password is never printed. Immutable.
 */
public final class DatabaseLogin {
  private final String url;
  private final Properties properties = new Properties();

  private DatabaseLogin(String url, String user, String password) {
    this.url = url;
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    // As the server's own connections are: prepared on the server, and kept.
    properties.setProperty("useServerPrepStmts", "true");
    properties.setProperty("cachePrepStmts", "true");
    properties.setProperty("useLocalSessionState", "true");
    properties.setProperty("cacheServerConfiguration", "true");
    properties.setProperty("maintainTimeStats", "false");
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("connectionTimeZone", "UTC");
  }

  /** The client file that a server keeps in its data directory. */
  public static Path fileIn(Path dataDirectory) {
    return dataDirectory.resolve("database").resolve("client.cnf");
  }

  /**
   * Reads a client file.
   *
   * @throws BenchException if it cannot be read, or lacks something
   */
  public static DatabaseLogin of(Path clientFile) {
    Map<String, String> values = new HashMap<>();
    try {
      for (String line : Files.readAllLines(clientFile)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          values.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    } catch (IOException e) {
      throw new BenchException(clientFile + ": cannot be read", e);
    }
    for (String needed : new String[] {"host", "port", "database", "user", "password"}) {
      if (!values.containsKey(needed)) {
        throw new BenchException(clientFile + ": there is no " + needed + " in it");
      }
    }
    return new DatabaseLogin(
        "jdbc:mysql://%s:%s/%s"
            .formatted(values.get("host"), values.get("port"), values.get("database")),
        values.getOrDefault("user", ""),
        values.getOrDefault("password", ""));
  }

  /** A new connection that commits every statement. Blocks. */
  public Connection open() throws SQLException {
    return DriverManager.getConnection(url, properties);
  }

  @Override
  public String toString() {
    return url;
  }
}
