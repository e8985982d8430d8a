package io.jeton.load.http2;

import io.jeton.load.stats.Tally;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The connections of one load on one selector. Not thread-safe. */
final class Connections implements AutoCloseable {
  static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Target target;
  private final Call call;
  private final Plan plan;
  private final Tally tally;
  private final Selector selector;
  private final List<Connection> open = new ArrayList<>();
  private String lost = "";

  Connections(Target target, Call call, Plan plan, Tally tally) throws IOException {
    if (call.maxRequestBytes() > Call.MAX_REQUEST_BYTES) {
      throw new IllegalArgumentException("requests of " + call.maxRequestBytes() + " bytes");
    }
    this.target = target;
    this.call = call;
    this.plan = plan;
    this.tally = tally;
    selector = Selector.open();
  }

  /**
   * Connects, and waits until the server has said on every connection what it allows. Blocks.
   *
   * @throws IOException if it does not
   */
  void connect() throws IOException {
    for (int i = 0; i < plan.connections(); i++) {
      open.add(connection());
    }
    long begin = System.nanoTime();
    while (open.stream().anyMatch(c -> !c.isReady())) {
      proceed(100);
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IOException("no HTTP/2 settings from " + target + " within 30 seconds");
      }
    }
    if (open.size() < plan.connections()) {
      throw new IOException(target + ": " + lost);
    }
  }

  /** Those that have not been lost. */
  List<Connection> open() {
    return open;
  }

  boolean isIdle() {
    return open.stream().allMatch(c -> c.inFlight() == 0);
  }

  /** Reads what is there, after waiting for it for at most so long; not at all for zero. */
  void proceed(long timeoutMillis) throws IOException {
    if (timeoutMillis == 0) {
      selector.selectNow(this::proceed);
    } else {
      selector.select(this::proceed, timeoutMillis);
    }
  }

  /**
   * Gives up what is still in flight.
   *
   * @throws IOException if not one request was answered
   */
  void end() throws IOException {
    open.forEach(c -> c.close("no answer within 30 seconds"));
    if (tally.answers() == 0) {
      throw new IOException(target + ": no answer " + lost);
    }
  }

  private Connection connection() throws IOException {
    try {
      return new Connection(target, call, tally, plan, selector);
    } catch (IOException e) {
      throw new IOException(target + ": " + e.getMessage(), e);
    }
  }

  private void proceed(SelectionKey key) {
    var connection = (Connection) key.attachment();
    try {
      connection.proceed();
      if (connection.isUsedUp() && !tally.isStopped()) {
        replace(connection);
      }
    } catch (IOException e) {
      lost = "a lost connection: " + e.getMessage();
      connection.close(lost);
      open.remove(connection);
    }
  }

  private void replace(Connection old) throws IOException {
    old.close("");
    open.remove(old);
    Connection fresh = connection();
    open.add(fresh);
    fresh.start(System.nanoTime());
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }
}
