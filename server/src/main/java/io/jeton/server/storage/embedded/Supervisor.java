package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps mariadbd running until it is closed. Safe for use by several threads. */
final class Supervisor {
  private static final Logger logger = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** A mariadbd that ran this long was well: the next pause is the first one again. */
  private static final Duration STABLE_AFTER = Duration.ofSeconds(30);

  private final Relaunch relaunch;
  private final Thread thread = new Thread(this::run, "embedded-database");
  private volatile GuardedProcess process;
  private volatile boolean closed;

  private Supervisor(GuardedProcess process, Relaunch relaunch) {
    this.process = process;
    this.relaunch = relaunch;
  }

  static Supervisor of(GuardedProcess process, Relaunch relaunch) {
    Supervisor supervisor = new Supervisor(process, relaunch);
    supervisor.thread.setDaemon(true);
    supervisor.thread.start();
    return supervisor;
  }

  long pid() {
    return process.pid();
  }

  /** Ends mariadbd and blocks until it ended. */
  void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!closed) {
        long began = System.nanoTime();
        String end = "exit status " + process.waitFor();
        if (System.nanoTime() - began > STABLE_AFTER.toNanos()) {
          pause = FIRST_PAUSE;
        }
        boolean running = false;
        while (!running) {
          logger.warn(
              "the embedded database ended unexpectedly ({}): starting it again in {} ms",
              end,
              pause.toMillis());
          Thread.sleep(pause.toMillis());
          pause = longer(pause);
          try {
            process = relaunch.launch();
            running = true;
          } catch (EmbeddedDatabaseException
              | PortTakenException
              | IOException
              | RuntimeException e) {
            if (closed) {
              return;
            }
            end = e.getMessage();
          }
        }
      }
    } catch (InterruptedException e) {
      // Closed: only close() interrupts this thread.
    } finally {
      process.stop();
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  /** Starts mariadbd once more, as it was, and blocks until it answers. */
  interface Relaunch {
    GuardedProcess launch()
        throws EmbeddedDatabaseException, PortTakenException, IOException, InterruptedException;
  }
}
