package io.jeton.server.api;

import io.jeton.server.domain.AnonymousTokens;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many anonymous tokens issuers have, as far as it matters. The store is asked at the first
 * token and when there seem to be too many, at most once a minute; in between every token that is
 * made counts, whatever became of it. So there are never more than allowed, on the one node of a
 * database, but for the tokens that are made while the store counts for the first time: who begins
 * that waits for a moment, and nobody waits longer. Safe for use by several threads; blocks while
 * it waits.
 */
public final class AnonymousQuotas {
  private static final Logger LOG = LoggerFactory.getLogger(AnonymousQuotas.class);

  private static final Duration RECOUNT = Duration.ofMinutes(1);

  /** How soon a store that could not answer is asked again. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  /** How long a token waits for the store's count: a small part of what a call may take. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final AnonymousTokens tokens;
  private final Executor counting;
  private final InstantSource clock;
  private final Map<Key, Count> counts = new ConcurrentHashMap<>();

  /**
   * Takes its parts.
   *
   * @param counting where the store is asked, which may take long; it must not reject
   */
  public AnonymousQuotas(AnonymousTokens tokens, Executor counting, InstantSource clock) {
    this.tokens = tokens;
    this.counting = counting;
    this.clock = clock;
  }

  /**
   * Takes a place for one more, or refuses with QUOTA_EXCEEDED.
   *
   * @return to be run when the token is there, or is not going to be
   */
  Runnable take(Realm realm, String issuer, long most) {
    Count count = counts.computeIfAbsent(new Key(realm.id(), issuer), key -> new Count());
    if (count.begin(most, clock.instant())) {
      // Taken afterwards: whatever was made for sure by then has been issued by now.
      Instant now = clock.instant();
      try {
        waitFor(CompletableFuture.runAsync(() -> ask(realm, issuer, most, count, now), counting));
      } catch (RuntimeException | Error e) {
        count.end(-1, now);
        throw e;
      }
    }
    if (!count.take(most)) {
      throw RefusedException.ofQuota(RECOUNT);
    }
    return count::made;
  }

  private void ask(Realm realm, String issuer, long most, Count count, Instant now) {
    long found = -1;
    try {
      found = tokens.count(realm, issuer, now, most);
    } catch (RuntimeException e) {
      // What the token needs the store for says better whether it is there.
      LOG.warn("Anonymous tokens could not be counted", e);
    } finally {
      count.end(found, clock.instant());
    }
  }

  private static void waitFor(CompletableFuture<Void> asked) {
    try {
      asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("The count of anonymous tokens goes on", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Key(int realmId, String issuer) {}

  /** What is known of an issuer. */
  private static final class Count {
    private boolean isCounting;
    private Instant counted = Instant.MIN;
    private Instant failed = Instant.MIN;

    /** What the store answered. */
    private long stored;

    /** What was made since, or may have been too late for the answer. */
    private long since;

    /** What is being made now. */
    private long open;

    /** What was made for sure before the store was asked. */
    private long before;

    /** Whether the store is to be asked now, by whoever asks this. */
    synchronized boolean begin(long most, Instant now) {
      if (isCounting || !isDue(most, now)) {
        return false;
      }
      isCounting = true;
      before = since - open;
      return true;
    }

    private boolean isDue(long most, Instant now) {
      if (!failed.equals(Instant.MIN) && now.isBefore(failed.plus(RETRY))) {
        return false;
      }
      return counted.equals(Instant.MIN)
          || (stored + since >= most && !now.isBefore(counted.plus(RECOUNT)));
    }

    /**
     * Takes the store's answer.
     *
     * @param found negative: there was none
     */
    synchronized void end(long found, Instant now) {
      isCounting = false;
      if (found >= 0) {
        stored = found;
        since -= before;
        counted = now;
        failed = Instant.MIN;
      } else {
        failed = now;
      }
    }

    synchronized boolean take(long most) {
      if (stored + since >= most) {
        return false;
      }
      since++;
      open++;
      return true;
    }

    synchronized void made() {
      open--;
    }
  }
}
