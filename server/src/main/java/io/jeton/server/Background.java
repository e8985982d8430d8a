package io.jeton.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node does every so often, on three threads of its own. */
final class Background implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  private final ScheduledExecutorService executor =
      Executors.newScheduledThreadPool(
          3,
          task -> {
            Thread thread = new Thread(task, "jeton-background");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Runs a task again and again, so long after its last end. One that throws is logged and runs
   * again.
   */
  void every(Duration period, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.error("A background task failed and will run again", e);
          }
        };
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(
            guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
