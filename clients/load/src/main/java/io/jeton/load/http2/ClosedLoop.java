package io.jeton.load.http2;

import io.jeton.load.stats.LoadResult;
import io.jeton.load.stats.Tally;
import java.io.IOException;
import java.time.Duration;

/** Keeps a number of calls in flight at a server, on the calling thread, until the plan is done. */
public final class ClosedLoop {
  private ClosedLoop() {}

  /**
   * Makes the calls. Blocks until the last is answered, or none has been for 30 seconds.
   *
   * @throws IOException if the server cannot be reached or answers nothing; what fails later counts
   *     as wrong answers
   */
  public static LoadResult run(Target target, Call call, Plan plan) throws IOException {
    Tally tally = new Tally(plan.requests());
    try (var connections = new Connections(target, call, plan, tally)) {
      connections.connect();
      return run(connections, tally, plan);
    }
  }

  private static LoadResult run(Connections connections, Tally tally, Plan plan)
      throws IOException {
    long begin = System.nanoTime();
    for (Connection connection : connections.open()) {
      connection.start(begin);
    }
    long deadline = begin + plan.duration().toNanos();
    long progress = begin;
    long answers = 0;
    while (!(tally.isStopped() && connections.isIdle()) && !connections.open().isEmpty()) {
      connections.proceed(100);
      long now = System.nanoTime();
      if (now - deadline >= 0) {
        tally.stop();
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
}
