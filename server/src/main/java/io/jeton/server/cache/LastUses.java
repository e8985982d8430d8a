package io.jeton.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jeton.server.domain.LicenceStore;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When licences were last used, as far as it is not written yet: of each licence one use a minute
 * is written. Safe for use by several threads; noting never blocks.
 */
public final class LastUses implements AutoCloseable {
  private static final int SECONDS = 60;
  private static final Duration PRECISION = Duration.ofSeconds(SECONDS);

  /** About 30 MB of heap. */
  private static final int MOST = 200_000;

  private final Cache<TokenId, Boolean> noted;
  private final LateWrites<TokenId> late;

  public LastUses(LicenceStore store, InstantSource clock) {
    this.late = new LateWrites<>("last uses of licences", MOST, store::noteUses);
    this.noted =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST)
            .expireAfterWrite(PRECISION)
            .ticker(() -> TimeUnit.MICROSECONDS.toNanos(Micros.of(clock.instant())))
            .build();
  }

  /** Notes that a licence is used, unless that was noted less than a minute ago. */
  public void note(Token licence, long nowMicros) {
    if (licence.isUseNoted(SECONDS, nowMicros)) {
      return;
    }
    TokenId id = licence.id();
    if (noted.getIfPresent(id) == null && noted.asMap().putIfAbsent(id, Boolean.TRUE) == null) {
      licence.useNoted(nowMicros);
      late.note(id, Micros.toInstant(nowMicros));
    }
  }

  /** The last use of a licence, if it is not written yet. */
  public Optional<Instant> pending(TokenId id) {
    return late.pending(id);
  }

  /** What writes them. */
  public LateWrites<TokenId> late() {
    return late;
  }

  /** Writes what there is, if the store takes it. Blocks. */
  @Override
  public void close() {
    late.close();
  }
}
