package io.jeton.server.cache;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenLookup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Asks the store for keys on threads of its own. A worker takes all that has come, up to 64 keys,
 * as one question. Alone, a key waits for nothing; a key that comes while a question is under way
 * waits for its answer, to be asked for with all others that have come by then, since one question
 * for many costs little more than one for one. Another worker asks at once when a crowd waits, or
 * when the questions under way take long. Safe for use by several threads; submitting never blocks
 * for longer than it takes to add to a queue.
 */
final class LoadQueue implements AutoCloseable {
  private static final int BATCH = 64;

  /** How many waiting keys, for each question under way, are worth another question. */
  private static final int CROWD = 16;

  /** Many times what a question takes on a network that is near. */
  private static final Duration PATIENCE = Duration.ofMillis(5);

  private final TokenLookup store;
  private final BiConsumer<Load, Optional<Token>> found;
  private final int capacity;
  private final long patienceNanos;
  private final List<Thread> workers = new ArrayList<>();

  private final Object lock = new Object();
  private final Queue<Load> waiting = new ArrayDeque<>();
  private int asking;
  private long lastAsked;

  /** Whether one of the workers looks again after a while, without being told. */
  private boolean isWatched;

  LoadQueue(TokenLookup store, int workers, int capacity, BiConsumer<Load, Optional<Token>> found) {
    this(store, workers, capacity, PATIENCE, found);
  }

  /**
   * Starts the workers.
   *
   * @param patience how long a key waits for questions under way
   */
  LoadQueue(
      TokenLookup store,
      int workers,
      int capacity,
      Duration patience,
      BiConsumer<Load, Optional<Token>> found) {
    this.store = store;
    this.found = found;
    this.capacity = capacity;
    this.patienceNanos = patience.toNanos();
    for (int n = 0; n < workers; n++) {
      Thread worker = new Thread(this::work, "jeton-load-" + n);
      worker.setDaemon(true);
      worker.start();
      this.workers.add(worker);
    }
  }

  /** Adds a load; fails it when too many wait already. */
  void submit(Load load) {
    boolean isTaken;
    synchronized (lock) {
      isTaken = waiting.size() < capacity;
      if (isTaken) {
        waiting.add(load);
        if (isDue() || !isWatched) {
          lock.notify();
        }
      }
    }
    if (!isTaken) {
      load.answer.completeExceptionally(RefusedException.of(Refusal.OVERLOADED));
    }
  }

  int size() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  @Override
  public void close() {
    workers.forEach(Thread::interrupt);
  }

  private void work() {
    List<Load> batch = new ArrayList<>(BATCH);
    while (!Thread.currentThread().isInterrupted()) {
      try {
        take(batch);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      try {
        // Nobody waits any more for those that have timed out.
        batch.removeIf(load -> load.answer.isDone());
        if (!batch.isEmpty()) {
          answer(batch);
        }
      } finally {
        batch.clear();
        synchronized (lock) {
          asking--;
        }
      }
    }
  }

  /** Waits until there is something to ask, and takes it. */
  private void take(List<Load> batch) throws InterruptedException {
    synchronized (lock) {
      while (!isDue()) {
        if (waiting.isEmpty() || isWatched) {
          lock.wait();
          continue;
        }
        isWatched = true;
        try {
          TimeUnit.NANOSECONDS.timedWait(lock, patienceNanos);
        } finally {
          isWatched = false;
        }
      }
      while (batch.size() < BATCH && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      asking++;
      lastAsked = System.nanoTime();
      if (!waiting.isEmpty()) {
        // Somebody else sees to the rest, at once or when it is time.
        lock.notify();
      }
    }
  }

  /** Whether what waits is to be asked for now. */
  private boolean isDue() {
    return !waiting.isEmpty()
        && (asking == 0
            || waiting.size() >= CROWD * asking
            || System.nanoTime() - lastAsked >= patienceNanos);
  }

  private void answer(List<Load> batch) {
    Map<Lookup, Token> tokens;
    try {
      tokens = store.find(batch.stream().map(load -> load.key).toList());
    } catch (RuntimeException | Error e) {
      batch.forEach(load -> load.answer.completeExceptionally(e));
      return;
    }
    for (Load load : batch) {
      found.accept(load, Optional.ofNullable(tokens.get(load.key)));
    }
  }
}
