package io.jeton.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that calls block on, those that hash, and one that counts. */
final class Workers {
  /** How many calls may wait for a thread, for each thread. */
  private static final int WAITING_PER_THREAD = 100;

  /** Of hashes that take 50 ms each, what is accepted last is done after 550 ms. */
  private static final int HASHES_WAITING_PER_THREAD = 10;

  private Workers() {}

  /** An executor of so many threads that rejects what would wait too long. */
  static ThreadPoolExecutor blocking(int threads) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor executor =
        executor(
            threads,
            WAITING_PER_THREAD,
            task -> daemon(task, "jeton-call-" + count.getAndIncrement()));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /**
   * An executor of threads that hash passwords: they yield to all others, and what would wait for
   * more than half a second is rejected.
   */
  static ThreadPoolExecutor hashing(int threads) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor executor =
        executor(
            threads,
            HASHES_WAITING_PER_THREAD,
            task -> yielding(task, "jeton-hash-" + count.getAndIncrement()));
    // They begin with what takes a while, and no login should wait for that.
    executor.prestartAllCoreThreads();
    return executor;
  }

  /** A thread for what takes long and nobody waits for, which goes when there is nothing to do. */
  static Executor counting() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, "jeton-count"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static ThreadPoolExecutor executor(
      int threads, int waitingPerThread, ThreadFactory factory) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        30,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(threads * waitingPerThread),
        factory);
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing is wrong where it is not taken
  private static Thread yielding(Runnable task, String name) {
    Thread thread =
        daemon(
            () -> {
              Niceness.yieldToAll();
              task.run();
            },
            name);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
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
