package io.jeton.server.cache;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiConsumer;

/**
 * Asks the store for keys on threads of its own. A worker takes all that has come while the others
 * were busy, up to 64 keys, as one question: alone, a key waits for nothing; under load, questions
 * grow instead of queues. Safe for use by several threads; submitting never blocks.
 */
final class LoadQueue implements AutoCloseable {
  private static final int BATCH = 64;

  private final TokenLookup store;
  private final BiConsumer<Load, Optional<Token>> found;
  private final BlockingQueue<Load> waiting;
  private final List<Thread> workers = new ArrayList<>();

  LoadQueue(TokenLookup store, int workers, int capacity, BiConsumer<Load, Optional<Token>> found) {
    this.store = store;
    this.found = found;
    this.waiting = new ArrayBlockingQueue<>(capacity);
    for (int n = 0; n < workers; n++) {
      Thread worker = new Thread(this::work, "jeton-load-" + n);
      worker.setDaemon(true);
      worker.start();
      this.workers.add(worker);
    }
  }

  /** Adds a load; fails it when too many wait already. */
  void submit(Load load) {
    if (!waiting.offer(load)) {
      load.answer.completeExceptionally(RefusedException.of(Refusal.OVERLOADED));
    }
  }

  int size() {
    return waiting.size();
  }

  @Override
  public void close() {
    workers.forEach(Thread::interrupt);
  }

  private void work() {
    List<Load> batch = new ArrayList<>(BATCH);
    while (!Thread.currentThread().isInterrupted()) {
      try {
        batch.add(waiting.take());
        waiting.drainTo(batch, BATCH - 1);
        // Nobody waits any more for those that have timed out.
        batch.removeIf(load -> load.answer.isDone());
        if (!batch.isEmpty()) {
          answer(batch);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        batch.clear();
      }
    }
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
