package io.jeton.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that calls block on. */
final class Workers {
  /** How many calls may wait for a thread, for each thread. */
  private static final int WAITING_PER_THREAD = 100;

  private Workers() {}

  /** An executor of so many threads that rejects what would wait too long. */
  static ThreadPoolExecutor blocking(int threads) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(threads * WAITING_PER_THREAD),
            task -> {
              Thread thread = new Thread(task, "jeton-call-" + count.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Ends the threads; those at work get a moment. */
  static void stop(ThreadPoolExecutor executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
