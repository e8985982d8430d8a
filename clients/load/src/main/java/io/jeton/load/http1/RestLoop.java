package io.jeton.load.http1;

import io.jeton.load.stats.LoadResult;
import io.jeton.load.stats.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps a number of requests in flight at a server, each on a connection, until it is done. */
public final class RestLoop implements AutoCloseable {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Selector selector;
  private final Tally tally;
  private final List<RestConnection> connections = new ArrayList<>();
  private String lost = "";

  private RestLoop(long requests) throws IOException {
    selector = Selector.open();
    tally = new Tally(requests);
  }

  /**
   * Makes requests. Blocks until the last is answered, or none has been for 30 seconds.
   *
   * @param requests how many to make at most
   * @param duration how long to make requests at most
   * @throws IOException if the server cannot be reached or answers nothing; what fails later counts
   *     as wrong answers
   */
  public static LoadResult run(
      URI server, RestCall call, int connections, long requests, Duration duration)
      throws IOException {
    try (var loop = new RestLoop(requests)) {
      return loop.run(server, call, connections, duration);
    }
  }

  private LoadResult run(URI server, RestCall call, int count, Duration duration)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
    for (int i = 0; i < count; i++) {
      connections.add(new RestConnection(address, call, tally, selector));
    }
    long begin = System.nanoTime();
    for (RestConnection connection : connections) {
      connection.send(begin);
    }
    long progress = begin;
    long answers = 0;
    while (connections.stream().anyMatch(RestConnection::isInFlight)) {
      selector.select(this::proceed, 100);
      long now = System.nanoTime();
      if (now - begin >= duration.toNanos()) {
        tally.stop();
      }
      if (tally.answers() != answers) {
        answers = tally.answers();
        progress = now;
      } else if (now - progress > PATIENCE_NANOS) {
        break;
      }
    }
    long end = System.nanoTime();
    connections.forEach(each -> each.close("no answer within 30 seconds"));
    if (tally.answers() == 0) {
      throw new IOException(server + ": no answer " + lost);
    }
    return tally.result(Duration.ofNanos(end - begin));
  }

  private void proceed(SelectionKey key) {
    var connection = (RestConnection) key.attachment();
    try {
      connection.proceed();
    } catch (IOException e) {
      lost = "a lost connection: " + e.getMessage();
      connection.close(lost);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }
}
