package io.jeton.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What ends the parts of a process, the last first. For one thread at a time. */
final class Stops implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Stops.class);

  private final Deque<Runnable> stops = new ArrayDeque<>();

  void push(Runnable stop) {
    stops.push(stop);
  }

  /** Ends everything that has not been ended yet, whatever goes wrong. */
  @Override
  public void run() {
    while (!stops.isEmpty()) {
      try {
        stops.pop().run();
      } catch (RuntimeException e) {
        LOG.warn("Something did not stop as it should", e);
      }
    }
  }
}
