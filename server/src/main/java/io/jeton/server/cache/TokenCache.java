package io.jeton.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenLookup;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that this node holds in memory: rows, never verdicts.
 *
 * <p>A load publishes what it read only if no change touched its key since the load began: a change
 * takes the load out of the map of loads under way, and publishing happens inside that map's atomic
 * step for the key. A change is published ({@link #changed}) after its commit and before its call
 * answers, so whoever asks later reads the store anew.
 *
 * <p>Keys that the store does not have are kept in a cache of their own, small and short, because
 * strangers choose them. Safe for use by several threads; no method blocks.
 */
public final class TokenCache implements AutoCloseable {
  private static final int MOST_DOUBTED = 100_000;

  /** Longer than a database needs to carry out or to drop what a lost connection left behind. */
  private static final Duration DOUBTED_FOR = Duration.ofMinutes(1);

  private final Cache<Lookup, Token> tokens;
  private final Cache<Lookup, Boolean> absent;
  private final Cache<Lookup, Boolean> doubted;
  private final ConcurrentMap<Lookup, Load> loads = new ConcurrentHashMap<>();
  private final LoadQueue queue;
  private final Duration loadTimeout;
  private final LongAdder evictions = new LongAdder();

  /**
   * How large, how long, how many.
   *
   * @param maxBytes roughly how much heap the tokens may take
   * @param maxAbsent how many absent keys to remember
   * @param absentFor how long to remember one
   * @param loadTimeout how long a load may take before its callers are refused
   * @param workers how many questions to ask the store at once
   * @param maxWaiting how many loads may wait for a worker
   */
  public record Settings(
      long maxBytes,
      int maxAbsent,
      Duration absentFor,
      Duration loadTimeout,
      int workers,
      int maxWaiting) {}

  public TokenCache(TokenLookup store, Settings settings, Ticker ticker) {
    // Maintenance on the calling thread: handing it to another costs a context switch a time.
    this.tokens =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(settings.maxBytes)
            .weigher((Lookup key, Token token) -> token.weight())
            .evictionListener((key, token, cause) -> evictions.increment())
            .build();
    this.absent =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(settings.maxAbsent)
            .expireAfterWrite(settings.absentFor)
            .ticker(ticker)
            .build();
    this.doubted =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST_DOUBTED)
            .expireAfterWrite(DOUBTED_FOR)
            .ticker(ticker)
            .build();
    this.loadTimeout = settings.loadTimeout;
    this.queue = new LoadQueue(store, settings.workers, settings.maxWaiting, this::publish);
  }

  /** The token if it is held in memory. */
  public @Nullable Token cached(Lookup key) {
    return tokens.getIfPresent(key);
  }

  /** Whether the store is known not to have had the key, a moment ago. */
  public boolean isKnownAbsent(Lookup key) {
    return absent.getIfPresent(key) != null;
  }

  /**
   * Reads the token from the store, together with all others who ask for it now.
   *
   * @return completes exceptionally with {@link RefusedException}: STORE_UNAVAILABLE after the
   *     time-out or when the store fails, OVERLOADED when too many loads wait
   */
  public CompletableFuture<Optional<Token>> load(Lookup key) {
    Load present = loads.get(key);
    if (present != null) {
      return present.answer;
    }
    Load fresh = new Load(key);
    Load raced = loads.putIfAbsent(key, fresh);
    if (raced != null) {
      return raced.answer;
    }
    queue.submit(fresh);
    return withTimeout(fresh);
  }

  /** Forgets a key because its facts changed. Call it after the commit and before answering. */
  public void changed(Lookup key) {
    loads.compute(
        key,
        (same, load) -> {
          tokens.invalidate(same);
          absent.invalidate(same);
          return null;
        });
  }

  /**
   * Forgets a key because a change of its facts failed, and its commit may still get through: for a
   * minute the store is asked every time.
   */
  public void doubted(Lookup key) {
    doubted.put(key, Boolean.TRUE);
    changed(key);
  }

  /** About how many tokens are held. */
  public long size() {
    return tokens.estimatedSize();
  }

  /** About how many bytes of heap the tokens take. */
  public long weight() {
    return tokens.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }

  /** How many tokens were dropped for want of room. */
  public long evictions() {
    return evictions.sum();
  }

  /** How many loads wait for a worker. */
  public int waiting() {
    return queue.size();
  }

  @Override
  public void close() {
    queue.close();
  }

  private void publish(Load load, Optional<Token> found) {
    loads.computeIfPresent(
        load.key,
        (key, current) -> {
          if (current != load) {
            return current;
          }
          if (doubted.getIfPresent(key) != null) {
            return null;
          }
          if (found.isPresent()) {
            tokens.put(key, found.get());
          } else {
            absent.put(key, Boolean.TRUE);
          }
          return null;
        });
    load.answer.complete(found);
  }

  private CompletableFuture<Optional<Token>> withTimeout(Load load) {
    CompletableFuture<?> unused =
        load.answer
            .orTimeout(loadTimeout.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (found, failure) -> {
                  if (failure != null) {
                    loads.remove(load.key, load);
                  }
                });
    return load.answer;
  }

  /** What a load's failure means to its caller. */
  public static Throwable refusal(Throwable failure) {
    return failure instanceof TimeoutException
        ? RefusedException.causedBy(Refusal.STORE_UNAVAILABLE, failure)
        : failure;
  }
}
