package io.jeton.server.api;

import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Takes over foreign tokens on threads that may block, for callers who may not. Never blocks; safe
 * for use by several threads.
 */
public final class Adoptions {
  private final ForeignTokenAdopter adopter;
  private final Executor executor;
  private final Duration timeout;

  /**
   * Takes where to block and for how long.
   *
   * @param executor may reject
   */
  public Adoptions(ForeignTokenAdopter adopter, Executor executor, Duration timeout) {
    this.adopter = adopter;
    this.executor = executor;
    this.timeout = timeout;
  }

  boolean isCandidate(Realm realm, String presented) {
    return adopter.isCandidate(realm, presented);
  }

  /**
   * Takes over a token that the store does not know.
   *
   * @param identity asked for at once, on the calling thread
   * @return fails with OVERLOADED when too much waits already, with a time-out when it takes long
   */
  CompletableFuture<Optional<Token>> adopt(
      Realm realm, String presented, Supplier<Identity> identity) {
    try {
      Identity who = identity.get();
      return CompletableFuture.supplyAsync(
              () -> adopter.adopt(realm, presented, who.actor()), executor)
          .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(RefusedException.of(Refusal.OVERLOADED));
    }
  }
}
