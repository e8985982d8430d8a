package io.jeton.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that calls block on, and those that hash. */
final class Workers {
  /** How many calls may wait for a thread, for each thread. */
  private static final int WAITING_PER_THREAD = 100;

  private static final int HASHES_WAITING_PER_THREAD = 32;

  private Workers() {}

  /** An executor of so many threads that rejects what would wait too long. */
  static ThreadPoolExecutor blocking(int threads) {
    return executor(threads, WAITING_PER_THREAD, "jeton-call-", Thread.NORM_PRIORITY);
  }

  /**
   * An executor of threads that hash passwords: they yield to all others, and what would wait for
   * about a second is rejected.
   */
  static ThreadPoolExecutor hashing(int threads) {
    return executor(threads, HASHES_WAITING_PER_THREAD, "jeton-hash-", Thread.MIN_PRIORITY);
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing is wrong where it is not taken
  private static ThreadPoolExecutor executor(
      int threads, int waitingPerThread, String name, int priority) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(threads * waitingPerThread),
            task -> {
              Thread thread = new Thread(task, name + count.getAndIncrement());
              thread.setDaemon(true);
              thread.setPriority(priority);
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
