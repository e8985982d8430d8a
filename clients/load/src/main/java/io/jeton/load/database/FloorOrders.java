package io.jeton.load.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jeton.load.stats.LoadResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;

/** Gives orders to a {@link DatabaseFloor}. */
public final class FloorOrders {
  private final URI floor;
  private final DatabaseFloor.Kind kind;
  private final int threads;
  private final int rows;

  /**
   * Orders of one kind.
   *
   * @param rows how many {@link StoredRows} there are to select from
   */
  public FloorOrders(URI floor, DatabaseFloor.Kind kind, int threads, int rows) {
    this.floor = floor;
    this.kind = kind;
    this.threads = threads;
    this.rows = rows;
  }

  /**
   * Has the floor work for so long. Blocks.
   *
   * @throws IOException with what the floor says, if it could not
   */
  public LoadResult run(int seconds, long seed) throws IOException {
    String order = "%s %d %d %d %d\n".formatted(kind, threads, seconds, seed, rows);
    try (var socket = new Socket(floor.getHost(), floor.getPort())) {
      socket.getOutputStream().write(order.getBytes(UTF_8));
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      String answer = in.readLine();
      if (answer == null || answer.startsWith(DatabaseFloor.ERROR)) {
        throw new IOException("the database floor failed: " + answer);
      }
      return LoadResult.decoded(answer);
    }
  }
}
