package io.jeton.load.http2;

import io.jeton.load.stats.LoadResult;
import io.jeton.load.stats.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Makes calls at a constant rate, on the calling thread, whether or not earlier ones have been
 * answered. Each latency counts from the instant at which the call was due, so that a server that
 * stands still is charged for those who wait meanwhile.
 */
public final class OpenLoop {
  private static final int CONNECTIONS = 8;
  private static final int STREAMS = 512;

  /** How long calls that are due may stay unsent after the last was. */
  private static final long GRACE_NANOS = Duration.ofSeconds(5).toNanos();

  private final Connections connections;
  private final Tally tally;
  private final double perNano;
  private final long total;
  private long begin;
  private long sent;
  private int turn;

  private OpenLoop(Connections connections, Tally tally, double perSecond, Duration duration) {
    this.connections = connections;
    this.tally = tally;
    perNano = perSecond / 1e9;
    total = Math.max(1, (long) (perNano * duration.toNanos()));
  }

  /**
   * Makes the calls. Blocks until the last is answered, or none has been for 30 seconds. Calls that
   * could not be sent within five seconds after the time was over count with the time they waited.
   *
   * @throws IOException if the server cannot be reached or answers nothing; what fails later counts
   *     as wrong answers
   */
  public static LoadResult run(Target target, Call call, double perSecond, Duration duration)
      throws IOException {
    // Nothing is sent on an answer: a tally without requests stops that.
    Tally tally = new Tally(0);
    Plan plan = Plan.of(CONNECTIONS, STREAMS, duration);
    try (var connections = new Connections(target, call, plan, tally)) {
      connections.connect();
      return new OpenLoop(connections, tally, perSecond, duration).run(duration.toNanos());
    }
  }

  private LoadResult run(long durationNanos) throws IOException {
    begin = System.nanoTime();
    long progress = begin;
    long answers = 0;
    while (!(sent == total && connections.isIdle()) && !connections.open().isEmpty()) {
      long now = System.nanoTime();
      send(Math.min(total, 1 + (long) (perNano * (now - begin))));
      connections.proceed(0);
      if (now - begin > durationNanos + GRACE_NANOS) {
        giveUpUnsent(now);
      }
      if (tally.answers() != answers) {
        answers = tally.answers();
        progress = now;
      } else if (now - progress > Connections.PATIENCE_NANOS) {
        break;
      }
    }
    long end = System.nanoTime();
    connections.end();
    return tally.result(Duration.ofNanos(end - begin));
  }

  /** Sends calls up to a number, as far as the connections take them. */
  private void send(long due) throws IOException {
    List<Connection> open = connections.open();
    int full = 0;
    boolean isAnySent = false;
    while (sent < due && full < open.size()) {
      turn = (turn + 1) % open.size();
      if (open.get(turn).offer(dueNanos(sent))) {
        sent++;
        full = 0;
        isAnySent = true;
      } else {
        full++;
      }
    }
    if (isAnySent) {
      for (Connection connection : open) {
        connection.flush();
      }
    }
  }

  private void giveUpUnsent(long now) {
    for (; sent < total; sent++) {
      tally.add(now - dueNanos(sent), null);
    }
  }

  private long dueNanos(long number) {
    return begin + (long) (number / perNano);
  }
}
