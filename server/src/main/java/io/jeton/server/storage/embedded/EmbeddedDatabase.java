package io.jeton.server.storage.embedded;

import io.jeton.server.domain.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;

/**
 * A private mariadbd, run as a child process on the loopback address.
 *
 * <p>It is started again, on the same port and with the same password, when it ends unexpectedly.
 * It ends with this process, however this process ends. No shutdown hook is registered: who starts
 * it closes it. Safe for use by several threads.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final int PORT_ATTEMPTS = 3;

  private final int port;
  private final Credentials credentials;
  private final Supervisor supervisor;

  private EmbeddedDatabase(int port, Credentials credentials, Supervisor supervisor) {
    this.port = port;
    this.credentials = credentials;
    this.supervisor = supervisor;
  }

  /**
   * Starts the database, installing it on first use, and blocks until it answers.
   *
   * <p>A mariadbd that an earlier process left running on this data directory is ended first. The
   * caller holds the {@link DataDirectoryLock}.
   *
   * @throws EmbeddedDatabaseException when it did not start; nothing is left running
   */
  public static EmbeddedDatabase start(EmbeddedDatabaseSettings settings)
      throws EmbeddedDatabaseException {
    return start(settings, Tuning.NONE);
  }

  static EmbeddedDatabase start(EmbeddedDatabaseSettings settings, Tuning tuning)
      throws EmbeddedDatabaseException {
    try {
      return tryStart(settings, tuning);
    } catch (InterruptedException | ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedDatabaseException("the embedded database's start was interrupted", e);
    } catch (IOException e) {
      throw StartFailure.of(e, settings.dataDirectory());
    }
  }

  private static EmbeddedDatabase tryStart(EmbeddedDatabaseSettings settings, Tuning tuning)
      throws EmbeddedDatabaseException, IOException, InterruptedException {
    ServerBinary binary = ServerBinary.locate(settings);
    DatabaseDirectory directory = DatabaseDirectory.under(settings.dataDirectory());
    DataVersion version = DataVersion.of(binary);
    version.check(directory);
    LeftoverServers.endAll(directory);
    new SystemTables(binary, directory, settings.startTimeout()).installIfAbsent();

    Credentials credentials = Credentials.random();
    Launcher launcher = new Launcher(settings, binary, directory, credentials, tuning);
    for (int attempt = 1; ; attempt++) {
      int port = tuning.ports().choose();
      try {
        GuardedProcess process = launcher.launch(port);
        Supervisor supervisor = Supervisor.of(process, () -> launcher.launch(port));
        EmbeddedDatabase database = new EmbeddedDatabase(port, credentials, supervisor);
        try {
          version.record(directory);
          directory.writeClientFile(credentials.clientFile(port));
        } catch (IOException e) {
          database.close();
          throw e;
        }
        return database;
      } catch (PortTakenException e) {
        if (attempt == PORT_ATTEMPTS) {
          throw new EmbeddedDatabaseException(
              "the embedded database found no free port: " + e.getMessage(), e);
        }
      }
    }
  }

  /** Where it answers, without credentials: {@code jdbc:mysql://127.0.0.1:PORT/jeton}. */
  public String jdbcUrl() {
    return "jdbc:mysql://127.0.0.1:" + port + "/" + Credentials.DATABASE;
  }

  /** The user that owns the database {@code jeton}, and has no other right. */
  public String user() {
    return Credentials.USER;
  }

  /** That user's password; every start makes a new one, a restart after a crash keeps it. */
  public Secret password() {
    return credentials.password();
  }

  /** The process id of the mariadbd that runs now. */
  long pid() {
    return supervisor.pid();
  }

  /**
   * Ends the database cleanly and blocks until it ended; what has not ended after 30 seconds is
   * killed. A second call does nothing.
   */
  @Override
  public void close() {
    supervisor.close();
  }

  /** A source of ports, so that a test can hand out one that is taken. */
  interface Ports {
    int choose() throws IOException;

    static int free() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }

  /**
   * What a test may change: further mariadbd options, further statements run by the all-powerful
   * user at every start, the choice of ports.
   */
  record Tuning(List<String> options, List<String> statements, Ports ports) {
    static final Tuning NONE = new Tuning(List.of(), List.of(), Ports::free);
  }
}
