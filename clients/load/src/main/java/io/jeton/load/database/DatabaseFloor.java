package io.jeton.load.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jeton.load.stats.LoadResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * F3 and F4: plain JDBC loops on a server's database, in a process of their own. What they do not
 * do, no store on this database can do faster one statement at a time.
 *
 * <p>Takes one order at a time over loopback: a line of what, threads, seconds, seed and rows.
 * Answers a line: the {@link LoadResult}, or {@code error} and why.
 */
public final class DatabaseFloor {
  /** The line by which the program says where it listens, up to the port. */
  public static final String READY = "database floor ready on ";

  static final String ERROR = "error ";

  private DatabaseFloor() {}

  /** What the floor repeats. */
  public enum Kind {
    /** F3. */
    SELECT,
    /** F4. */
    INSERT
  }

  /**
   * Takes orders until the process is ended.
   *
   * @param args the client file of the database
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    DatabaseLogin database = DatabaseLogin.of(Path.of(args[0]));
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.out.println(READY + "http://127.0.0.1:" + listener.getLocalPort());
      while (true) {
        try (Socket socket = listener.accept()) {
          answer(database, socket);
        }
      }
    }
  }

  private static void answer(DatabaseLogin database, Socket socket)
      throws IOException, InterruptedException {
    var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    String answer;
    try {
      answer = run(database, String.valueOf(in.readLine()).split(" ", -1)).encoded();
    } catch (SQLException | RuntimeException e) {
      answer = ERROR + e.toString().replaceAll("\\s+", " ");
    }
    socket.getOutputStream().write((answer + "\n").getBytes(UTF_8));
  }

  private static LoadResult run(DatabaseLogin database, String[] order)
      throws SQLException, InterruptedException {
    if (order.length != 5) {
      throw new IllegalArgumentException("not an order");
    }
    int threads = Integer.parseInt(order[1]);
    Duration duration = Duration.ofSeconds(Long.parseLong(order[2]));
    Work work =
        switch (Kind.valueOf(order[0])) {
          case INSERT -> new InsertRows(database);
          case SELECT ->
              new SelectRows(Integer.parseInt(order[4]), threads, Long.parseLong(order[3]));
        };
    return Workers.run(database, work, threads, duration);
  }
}
