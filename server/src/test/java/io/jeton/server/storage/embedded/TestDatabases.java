package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Embedded databases as tests start them, from the distribution in {@code jeton.home}. */
public final class TestDatabases {
  private TestDatabases() {}

  /** One whose user may also create, use and drop databases named {@code jeton_test_…}. */
  public static EmbeddedDatabase startForSchemas(Path dataDirectory)
      throws EmbeddedDatabaseException {
    return EmbeddedDatabase.start(
        underTest(dataDirectory),
        new EmbeddedDatabase.Tuning(
            List.of(),
            List.of("GRANT ALL PRIVILEGES ON `jeton\\_test\\_%`.* TO 'jeton'@'127.0.0.1'"),
            EmbeddedDatabase.Ports::free));
  }

  /** One that also has an all-powerful user, to make it fail in ways that the other cannot. */
  public static EmbeddedDatabase startWithAdministrator(
      Path dataDirectory, String user, String password) throws EmbeddedDatabaseException {
    String account = "'" + user + "'@'127.0.0.1'";
    return EmbeddedDatabase.start(
        underTest(dataDirectory),
        new EmbeddedDatabase.Tuning(
            List.of(),
            List.of(
                "CREATE OR REPLACE USER " + account + " IDENTIFIED BY '" + password + "'",
                "GRANT ALL PRIVILEGES ON *.* TO " + account),
            EmbeddedDatabase.Ports::free));
  }

  /**
   * One at a port that the test chose, with a user who may do everything in it, so that it can be
   * stopped and started again for those who use it.
   */
  public static EmbeddedDatabase startAt(Path dataDirectory, int port, String user, String password)
      throws EmbeddedDatabaseException {
    String account = "'" + user + "'@'127.0.0.1'";
    return EmbeddedDatabase.start(
        underTest(dataDirectory),
        new EmbeddedDatabase.Tuning(
            List.of(),
            List.of(
                "CREATE OR REPLACE USER " + account + " IDENTIFIED BY '" + password + "'",
                "GRANT ALL PRIVILEGES ON jeton.* TO " + account),
            () -> port));
  }

  /**
   * A port that nobody listens on, below those that the system hands out: no other test gets it
   * while what listens there is away.
   */
  public static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // It is taken: another.
      }
    }
  }

  /** Ends the mariadbd that runs now, as a crash does; its supervisor starts another. */
  public static void crash(EmbeddedDatabase database) {
    ProcessHandle server = ProcessHandle.of(database.pid()).orElseThrow();
    server.destroyForcibly();
    server.onExit().join();
  }

  /**
   * The mariadbd that the tests run on when it is not the distribution's: {@code
   * -Djeton.test.mariadbd=/usr/sbin/mariadbd}.
   */
  public static Optional<Path> installed() {
    return Optional.ofNullable(System.getProperty("jeton.test.mariadbd"))
        .filter(path -> !path.isEmpty())
        .map(Path::of);
  }

  /** The distribution's, for tests of how it is run. */
  static EmbeddedDatabaseSettings settings(Path dataDirectory) {
    return settings(dataDirectory, Optional.empty());
  }

  /** What stands for whatever database a node may use. */
  static EmbeddedDatabaseSettings underTest(Path dataDirectory) {
    return settings(dataDirectory, installed());
  }

  private static EmbeddedDatabaseSettings settings(Path dataDirectory, Optional<Path> binary) {
    return new EmbeddedDatabaseSettings(
        dataDirectory, distribution(), binary, 32L << 20, 50, Duration.ofSeconds(60));
  }

  static Path distribution() {
    String home = System.getProperty("jeton.home");
    if (home == null) {
      throw new IllegalStateException("jeton.home: absent (expected: the built distribution)");
    }
    return Path.of(home, "database");
  }
}
