package io.jeton.server.cache;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenLookup;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * A store whose answers a test holds back after they have been read, to schedule what happens
 * meanwhile.
 */
final class StoreFake implements TokenLookup {
  final Map<Lookup, Token> rows = new ConcurrentHashMap<>();
  final List<List<Lookup>> questions = new CopyOnWriteArrayList<>();

  /** One permit lets one answer out. */
  final Semaphore answers = new Semaphore(Integer.MAX_VALUE / 2);

  volatile RuntimeException failure;

  @Override
  public Map<Lookup, Token> find(Collection<Lookup> keys) {
    Map<Lookup, Token> found = new HashMap<>();
    for (Lookup key : keys) {
      Token row = rows.get(key);
      if (row != null) {
        found.put(key, row);
      }
    }
    RuntimeException broken = failure;
    questions.add(List.copyOf(keys));
    answers.acquireUninterruptibly();
    if (broken != null) {
      throw broken;
    }
    return found;
  }

  void holdAnswers() {
    answers.drainPermits();
  }

  void letAnswersOut() {
    answers.release(Integer.MAX_VALUE / 2);
  }
}
