package io.jeton.server.api;

import io.jeton.server.domain.AnonymousTokens;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many anonymous tokens issuers have, as far as it matters. The store is asked at the first
 * token and when there seem to be too many, at most once a minute; in between every token that is
 * made counts, whatever became of it. So there are never more than allowed, on the one node of a
 * database, but for the tokens that are made while the store counts for the first time. Safe for
 * use by several threads; blocks while it counts.
 */
public final class AnonymousQuotas {
  private static final Duration RECOUNT = Duration.ofMinutes(1);

  private final AnonymousTokens tokens;
  private final InstantSource clock;
  private final Map<Key, Count> counts = new ConcurrentHashMap<>();

  public AnonymousQuotas(AnonymousTokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Takes a place for one more, or refuses with QUOTA_EXCEEDED.
   *
   * @return to be run when the token is there, or is not going to be
   */
  Runnable take(Realm realm, String issuer, long most) {
    Count count = counts.computeIfAbsent(new Key(realm.id(), issuer), key -> new Count());
    Instant now = clock.instant();
    if (count.begin(most, now)) {
      long found = -1;
      try {
        found = tokens.count(realm, issuer, now, most);
      } finally {
        count.end(found, now);
      }
    }
    if (!count.take(most)) {
      throw RefusedException.ofQuota(RECOUNT);
    }
    return count::made;
  }

  private record Key(int realmId, String issuer) {}

  /** What is known of an issuer. */
  private static final class Count {
    private boolean isCounting;
    private Instant counted = Instant.MIN;

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
      boolean isFirst = counted.equals(Instant.MIN);
      boolean isFull = stored + since >= most && !isFirst && !now.isBefore(counted.plus(RECOUNT));
      if (isCounting || !(isFirst || isFull)) {
        return false;
      }
      isCounting = true;
      before = since - open;
      return true;
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
