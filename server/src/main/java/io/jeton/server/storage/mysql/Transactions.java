package io.jeton.server.storage.mysql;

import io.jeton.server.feed.Lane;
import io.jeton.server.feed.Lanes;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs transactions: tries again, after a jittered pause, when the database chose one as a
 * deadlock's victim, as long as somebody may still wait for the answer, and turns the driver's
 * errors into refusals. Safe for use by several threads; blocks.
 */
final class Transactions {
  private static final int ATTEMPTS = 6;

  private final Jdbi jdbi;
  private final Lanes lanes;

  Transactions(Jdbi jdbi, Lanes lanes) {
    this.jdbi = jdbi;
    this.lanes = lanes;
  }

  /** Statements on a connection. */
  @FunctionalInterface
  interface Body<T> {
    T apply(Handle handle);
  }

  /** Statements of a transaction that numbers its changes. */
  @FunctionalInterface
  interface LaneBody<T> {
    T apply(Handle handle, Lane lane);
  }

  /** Questions that need no transaction. */
  <T> T read(Body<T> body) {
    try (Handle handle = jdbi.open()) {
      return body.apply(handle);
    } catch (RuntimeException e) {
      throw StoreFailures.translate(e);
    }
  }

  /** A transaction that changes nothing that nodes hold in memory. */
  <T> T write(Body<T> body) {
    return retry(() -> commit(body, () -> {}));
  }

  /** The same, which says when its commit has failed, and it may be carried out nevertheless. */
  <T> T write(Body<T> body, Runnable outcomeUnknown) {
    return retry(() -> commit(body, outcomeUnknown));
  }

  /** A transaction whose changes have revisions. */
  <T> T writeInLane(LaneBody<T> body) {
    return retry(() -> lanes.run((lane, unknown) -> commitInLane(body, lane, unknown)));
  }

  private <T> T commitInLane(LaneBody<T> body, Lane lane, Consumer<Lane> unknown) {
    return commit(handle -> body.apply(handle, lane), () -> unknown.accept(lane));
  }

  private <T> T commit(Body<T> body, Runnable outcomeUnknown) {
    try (Handle handle = jdbi.open()) {
      handle.begin();
      T result;
      try {
        result = body.apply(handle);
      } catch (RuntimeException | Error e) {
        rollback(handle, e);
        throw e;
      }
      try {
        handle.commit();
      } catch (RuntimeException | Error e) {
        outcomeUnknown.run();
        throw e;
      }
      return result;
    }
  }

  private static void rollback(Handle handle, Throwable reason) {
    try {
      handle.rollback();
    } catch (RuntimeException e) {
      // The connection is gone, and the transaction with it: its commit was never sent.
      reason.addSuppressed(e);
    }
  }

  private static <T> T retry(java.util.function.Supplier<T> attempt) {
    long deadline = System.nanoTime() + ConnectionPool.ANSWER_TIMEOUT.toNanos();
    for (int n = 1; ; n++) {
      try {
        return attempt.get();
      } catch (RuntimeException e) {
        if (n == ATTEMPTS || System.nanoTime() - deadline > 0 || !StoreFailures.isConflict(e)) {
          throw StoreFailures.translate(e);
        }
        long mostMicros = 1_000L << n;
        LockSupport.parkNanos(1_000L * ThreadLocalRandom.current().nextLong(mostMicros));
      }
    }
  }
}
