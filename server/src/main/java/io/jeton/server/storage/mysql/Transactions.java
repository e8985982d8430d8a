package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.feed.Lane;
import io.jeton.server.feed.Lanes;
import io.jeton.server.storage.mysql.StoreWatch.Kind;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
  private final StoreWatch watch;
  private final String what;

  Transactions(Jdbi jdbi, Lanes lanes) {
    this(jdbi, lanes, StoreWatch.NONE, "");
  }

  private Transactions(Jdbi jdbi, Lanes lanes, StoreWatch watch, String what) {
    this.jdbi = jdbi;
    this.lanes = lanes;
    this.watch = watch;
    this.what = what;
  }

  /** The same, of which somebody is told. */
  Transactions watched(StoreWatch by) {
    return new Transactions(jdbi, lanes, by, what);
  }

  /** The same, told as being about this. */
  Transactions about(String subject) {
    return new Transactions(jdbi, lanes, watch, subject);
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
    return told(Kind.READ, () -> readShared(body));
  }

  /** The same for several at once, each of whom tells of their own part ({@link #part}). */
  <T> T readShared(Body<T> body) {
    try (Handle handle = jdbi.open()) {
      return body.apply(handle);
    } catch (RuntimeException e) {
      throw StoreFailures.translate(e);
    }
  }

  /** A transaction that changes nothing that nodes hold in memory. */
  <T> T write(Body<T> body) {
    return told(Kind.WRITE, () -> retry(() -> commit(body, () -> {})));
  }

  /**
   * The same for several at once, each of whom tells of their own part ({@link #part}).
   *
   * @param outcomeUnknown told when the commit has failed, and it may be carried out nevertheless
   */
  <T> T writeShared(Body<T> body, Runnable outcomeUnknown) {
    return retry(() -> commit(body, outcomeUnknown));
  }

  /** The same, of a transaction whose changes have revisions. */
  <T> T writeSharedInLane(LaneBody<T> body, Runnable outcomeUnknown) {
    return retry(
        () ->
            lanes.run(
                (lane, unknown) ->
                    commit(
                        handle -> body.apply(handle, lane),
                        () -> {
                          unknown.accept(lane);
                          outcomeUnknown.run();
                        })));
  }

  /** What somebody does, or waits for, to have their part in a question or a change done. */
  void part(Kind kind, Runnable part) {
    Runnable unused =
        told(
            kind,
            () -> {
              part.run();
              return part;
            });
  }

  /** A transaction whose changes have revisions. */
  <T> T writeInLane(LaneBody<T> body) {
    return told(
        Kind.WRITE,
        () -> retry(() -> lanes.run((lane, unknown) -> commitInLane(body, lane, unknown))));
  }

  private <T> T told(Kind kind, Supplier<T> question) {
    long begin = System.nanoTime();
    Optional<Refusal> refusal = Optional.empty();
    try {
      return question.get();
    } catch (RefusedException e) {
      refusal = Optional.of(e.refusal());
      throw e;
    } finally {
      watch.asked(what, kind, refusal, System.nanoTime() - begin);
    }
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

  private static <T> T retry(Supplier<T> attempt) {
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
