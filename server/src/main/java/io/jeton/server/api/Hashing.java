package io.jeton.server.api;

import io.jeton.server.crypto.PasswordHasher;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Computes password hashes on threads that nothing else waits for, so that a flood of logins slows
 * logins alone. Safe for use by several threads; never blocks.
 */
public final class Hashing {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Executor executor;
  private final LoginCounter counter;

  /** Takes an executor that rejects what would wait too long. */
  public Hashing(Executor executor, LoginCounter counter) {
    this.executor = executor;
    this.counter = counter;
  }

  /**
   * Whether a password is the one that was hashed.
   *
   * @throws RefusedException LOGINS_THROTTLED when too many wait
   */
  CompletableFuture<Boolean> matches(Secret hash, Secret password) {
    return submit(() -> timed(() -> PasswordHasher.matches(hash, password)));
  }

  /**
   * Whether a password is the one that was hashed, if that can be told in time; what has waited too
   * long is never hashed. Fails with LOGINS_THROTTLED when it cannot.
   *
   * @throws RefusedException LOGINS_THROTTLED when too many wait
   */
  CompletableFuture<Boolean> matchesWithin(Duration time, Secret hash, Secret password) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    CompletableFuture<Boolean> unused =
        submit(() -> answer.isDone() || timed(() -> PasswordHasher.matches(hash, password)))
            .whenComplete(
                (matches, failure) -> {
                  if (failure == null) {
                    answer.complete(matches);
                  } else {
                    answer.completeExceptionally(failure);
                  }
                });
    return answer
        .orTimeout(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException
                        ? RefusedException.ofThrottle(RETRY_AFTER)
                        : failure));
  }

  /**
   * A new hash of a password.
   *
   * @throws RefusedException LOGINS_THROTTLED when too many wait
   */
  CompletableFuture<Secret> hash(Secret password) {
    return submit(() -> timed(() -> PasswordHasher.hash(password)));
  }

  private <T> CompletableFuture<T> submit(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, executor);
    } catch (RejectedExecutionException e) {
      throw RefusedException.ofThrottle(RETRY_AFTER);
    }
  }

  private <T> T timed(Supplier<T> work) {
    long begin = System.nanoTime();
    T result = work.get();
    counter.hashed(System.nanoTime() - begin);
    return result;
  }
}
