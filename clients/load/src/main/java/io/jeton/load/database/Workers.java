package io.jeton.load.database;

import io.jeton.load.stats.Histogram;
import io.jeton.load.stats.LoadResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that repeat the same work for a time, each on a connection of its own. */
final class Workers {
  private record Part(long wrong, Histogram latency, Map<String, Long> faults) {}

  private Workers() {}

  /** Repeats the work on so many threads for so long. Blocks. */
  static LoadResult run(DatabaseLogin database, Work work, int threads, Duration duration)
      throws SQLException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch ready = new CountDownLatch(threads);
    CountDownLatch go = new CountDownLatch(1);
    try {
      List<Future<Part>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        parts.add(
            pool.submit(
                () -> {
                  try (Connection connection = opened(database, ready)) {
                    Work.Step step = prepared(work, connection, thread, ready);
                    go.await();
                    return repeat(step, System.nanoTime() + duration.toNanos());
                  }
                }));
      }
      ready.await();
      long begin = System.nanoTime();
      go.countDown();
      return sum(parts, begin);
    } finally {
      pool.shutdownNow();
    }
  }

  /** A connection; without one the others do not wait for this thread. */
  private static Connection opened(DatabaseLogin database, CountDownLatch ready)
      throws SQLException {
    try {
      return database.open();
    } catch (SQLException e) {
      ready.countDown();
      throw e;
    }
  }

  private static Work.Step prepared(
      Work work, Connection connection, int thread, CountDownLatch ready) throws SQLException {
    try {
      return work.on(connection, thread);
    } finally {
      ready.countDown();
    }
  }

  private static Part repeat(Work.Step step, long deadline) {
    Histogram latency = new Histogram();
    Map<String, Long> faults = new LinkedHashMap<>();
    long wrong = 0;
    for (long begin = System.nanoTime(); begin - deadline < 0; ) {
      String fault;
      try {
        fault = step.run() ? "" : "not the row that was asked for";
      } catch (SQLException e) {
        fault = "SQL state " + e.getSQLState();
      }
      long end = System.nanoTime();
      if (fault.isEmpty()) {
        latency.record(end - begin);
      } else {
        wrong++;
        faults.merge(fault, 1L, Long::sum);
      }
      begin = end;
    }
    return new Part(wrong, latency, faults);
  }

  private static LoadResult sum(List<Future<Part>> parts, long begin)
      throws SQLException, InterruptedException {
    Histogram latency = new Histogram();
    Map<String, Long> faults = new LinkedHashMap<>();
    long wrong = 0;
    for (Future<Part> future : parts) {
      try {
        Part part = future.get();
        latency.add(part.latency);
        wrong += part.wrong;
        part.faults.forEach((fault, n) -> faults.merge(fault, n, Long::sum));
      } catch (ExecutionException e) {
        throw new SQLException(String.valueOf(e.getCause()), e);
      }
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
    return new LoadResult(latency.count(), wrong, elapsed, latency, faults);
  }
}
