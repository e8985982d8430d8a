package io.jeton.server.api;

import io.jeton.server.cache.LateWrites;
import io.jeton.server.domain.Session;
import io.jeton.server.domain.SessionId;
import io.jeton.server.domain.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets sessions last longer as they are used. A new end is written within a second or so, with many
 * others, and only when it is at least a minute later than the present one, so that a session costs
 * at most one write a minute; if it is to last less than ten minutes, a tenth of that instead of a
 * minute. Safe for use by several threads; only what says so blocks.
 */
public final class SessionSlides implements AutoCloseable {
  private static final Duration LONGEST_STEP = Duration.ofMinutes(1);
  private static final int STEPS = 10;
  private static final int CAPACITY = 100_000;

  private final LateWrites<SessionId> writes;

  public SessionSlides(SessionStore store) {
    this.writes = new LateWrites<>("ends of sessions", CAPACITY, store::slide);
  }

  /** The session with the end that it has, though that may not be written yet. */
  Session seen(Session stored) {
    return writes.pending(stored.id()).map(stored::lasting).orElse(stored);
  }

  /** Lets a session, as it was seen, last at least for this lifetime; it is answered as it is. */
  Session slide(Session seen, Duration lifetime, Instant now) {
    Instant end = now.plus(lifetime);
    if (end.isBefore(seen.expireTime().plus(step(lifetime)))) {
      return seen;
    }
    writes.note(seen.id(), end);
    return seen.lasting(end);
  }

  private static Duration step(Duration lifetime) {
    Duration step = lifetime.dividedBy(STEPS);
    return step.compareTo(LONGEST_STEP) < 0 ? step : LONGEST_STEP;
  }

  /**
   * Makes a change that says when a session ends: no use of it from before the change moves that
   * end. Blocks.
   */
  <T> T replacing(SessionId id, Supplier<T> change) {
    writes.flush();
    Optional<Instant> unwritten = writes.pending(id);
    writes.forget(id);
    try {
      return change.get();
    } catch (RuntimeException e) {
      unwritten.ifPresent(end -> writes.note(id, end));
      throw e;
    }
  }

  /**
   * Writes all ends that are not written yet; what the store refuses is kept. Answers whether it
   * took all. Blocks.
   */
  public boolean flush() {
    return writes.flush();
  }

  /** What is not written yet. */
  public LateWrites<SessionId> late() {
    return writes;
  }

  /** Writes what there is, if the store takes it. Blocks. */
  @Override
  public void close() {
    writes.close();
  }
}
