package io.jeton.load.http2;

import io.jeton.load.stats.LoadResult;
import io.jeton.load.stats.Tally;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps a number of calls in flight at a server, on the calling thread, until the plan is done. */
public final class ClosedLoop implements AutoCloseable {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Target target;
  private final Call call;
  private final Plan plan;
  private final Selector selector;
  private final Tally tally;
  private final List<Connection> connections = new ArrayList<>();

  private String lost = "";

  private ClosedLoop(Target target, Call call, Plan plan) throws IOException {
    if (call.maxRequestBytes() > Call.MAX_REQUEST_BYTES) {
      throw new IllegalArgumentException("requests of " + call.maxRequestBytes() + " bytes");
    }
    this.target = target;
    this.call = call;
    this.plan = plan;
    tally = new Tally(plan.requests());
    selector = Selector.open();
  }

  /**
   * Makes the calls. Blocks until the last is answered, or none has been for 30 seconds.
   *
   * @throws IOException if the server cannot be reached or answers nothing; what fails later counts
   *     as wrong answers
   */
  public static LoadResult run(Target target, Call call, Plan plan) throws IOException {
    try (var loop = new ClosedLoop(target, call, plan)) {
      return loop.run();
    }
  }

  private LoadResult run() throws IOException {
    for (int i = 0; i < plan.connections(); i++) {
      connections.add(connect());
    }
    await(c -> !c.isReady());
    if (connections.size() < plan.connections()) {
      throw new IOException(target + ": " + lost);
    }
    long begin = System.nanoTime();
    for (Connection connection : connections) {
      connection.start(begin);
    }
    long deadline = begin + plan.duration().toNanos();
    long progress = begin;
    long answers = 0;
    while (!(tally.isStopped() && connections.stream().allMatch(c -> c.inFlight() == 0))
        && !connections.isEmpty()) {
      selector.select(this::proceed, 100);
      long now = System.nanoTime();
      if (now - deadline >= 0) {
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
    connections.forEach(c -> c.close("no answer within 30 seconds"));
    if (tally.answers() == 0) {
      throw new IOException(target + ": no answer " + lost);
    }
    return tally.result(Duration.ofNanos(end - begin));
  }

  private Connection connect() throws IOException {
    try {
      return new Connection(target, call, tally, plan, selector);
    } catch (IOException e) {
      throw new IOException(target + ": " + e.getMessage(), e);
    }
  }

  private void await(Predicate<Connection> isWaiting) throws IOException {
    long begin = System.nanoTime();
    while (connections.stream().anyMatch(isWaiting)) {
      selector.select(this::proceed, 100);
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IOException("no HTTP/2 settings from " + target + " within 30 seconds");
      }
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
      connections.remove(connection);
    }
  }

  private void replace(Connection old) throws IOException {
    old.close("");
    connections.remove(old);
    Connection fresh = connect();
    connections.add(fresh);
    fresh.start(System.nanoTime());
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }
}
