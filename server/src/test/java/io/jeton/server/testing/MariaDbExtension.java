package io.jeton.server.testing;

import static java.util.Objects.requireNonNull;

import io.jeton.server.domain.Secret;
import io.jeton.server.storage.embedded.EmbeddedDatabase;
import io.jeton.server.storage.embedded.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real, empty database for the test class that registers it. One embedded server per test JVM
 * serves them all; it starts with the first class that asks, and ends, its data deleted, with the
 * last.
 *
 * <pre>{@code
 * @RegisterExtension static final MariaDbExtension database = new MariaDbExtension();
 * }</pre>
 */
public final class MariaDbExtension implements BeforeAllCallback, AfterAllCallback {
  private static final AtomicInteger created = new AtomicInteger();

  private Server server;
  private String schema;

  @Override
  public void beforeAll(ExtensionContext context) throws SQLException {
    server =
        context
            .getRoot()
            .getStore(Namespace.create(MariaDbExtension.class))
            .getOrComputeIfAbsent(Server.class, key -> Server.start(), Server.class);
    schema = "jeton_test_" + created.incrementAndGet();
    server.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4");
  }

  @Override
  public void afterAll(ExtensionContext context) throws SQLException {
    server.execute("DROP DATABASE IF EXISTS " + schema);
  }

  /** The class's own database, without credentials. */
  public String jdbcUrl() {
    String url = requireNonNull(server, "used before its test class began").database.jdbcUrl();
    return url.substring(0, url.lastIndexOf('/') + 1) + schema;
  }

  /** A user with all rights on the class's database, and those to drop and create it. */
  public String user() {
    return server.database.user();
  }

  public Secret password() {
    return server.database.password();
  }

  /** A new connection to the class's database; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user(), password().reveal());
  }

  /** Drops everything in the class's database. */
  public void clear() throws SQLException {
    server.execute("DROP DATABASE IF EXISTS " + schema);
    server.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4");
  }

  private record Server(EmbeddedDatabase database, Path directory) implements AutoCloseable {
    static Server start() {
      try {
        Path directory = Files.createTempDirectory("jeton-test-database-");
        return new Server(TestDatabases.startForSchemas(directory), directory);
      } catch (Exception e) {
        throw new IllegalStateException("the tests' database did not start", e);
      }
    }

    void execute(String sql) throws SQLException {
      try (Connection connection =
              DriverManager.getConnection(
                  database.jdbcUrl(), database.user(), database.password().reveal());
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public void close() throws IOException {
      database.close();
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(Server::delete);
      }
    }

    private static void delete(Path file) {
      try {
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
