package io.jeton.server.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Threads that begin the same thing at the same moment. */
public final class Race {
  private Race() {}

  /** How one thread came out: its value, or what it threw. */
  public record Outcome<T>(T value, Throwable thrown) {
    public boolean isWon() {
      return thrown == null;
    }
  }

  /** Runs the n-th thread's part on thread n, all at once, and answers when all have ended. */
  public static <T> List<Outcome<T>> run(int threads, IntFunction<Callable<T>> part)
      throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<T>> futures = new ArrayList<>();
      for (int n = 0; n < threads; n++) {
        Callable<T> callable = part.apply(n);
        futures.add(
            executor.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  return callable.call();
                }));
      }
      List<Outcome<T>> outcomes = new ArrayList<>();
      for (Future<T> future : futures) {
        outcomes.add(outcome(future));
      }
      return outcomes;
    } finally {
      executor.shutdownNow();
    }
  }

  private static <T> Outcome<T> outcome(Future<T> future) throws InterruptedException {
    try {
      return new Outcome<>(future.get(), null);
    } catch (ExecutionException e) {
      return new Outcome<>(null, e.getCause());
    }
  }
}
