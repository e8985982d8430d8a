package io.jeton.server.api;

import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Lookup;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Carries out changes of tokens and has the cache forget what they touched before they are
 * answered: also when a change failed, since its commit may still get through. Safe for use by
 * several threads; blocks as the change does.
 */
final class Publishing {
  private final TokenCache cache;

  Publishing(TokenCache cache) {
    this.cache = cache;
  }

  /** A change that tells what it touches before it commits. */
  @FunctionalInterface
  interface Change<T, E extends Exception> {
    T make(Consumer<Lookup> touched) throws E;
  }

  <T, E extends Exception> T publish(Change<T, E> change) throws E {
    Set<Lookup> touched = new HashSet<>();
    try {
      T result = change.make(touched::add);
      touched.forEach(cache::changed);
      return result;
    } catch (RuntimeException e) {
      touched.forEach(cache::doubted);
      throw e;
    }
  }
}
