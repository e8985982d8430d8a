package io.jeton.server;

import com.github.benmanes.caffeine.cache.Ticker;
import io.jeton.server.api.Access;
import io.jeton.server.api.BindTokens;
import io.jeton.server.api.IssueToken;
import io.jeton.server.api.ManageCallers;
import io.jeton.server.api.ManageTokens;
import io.jeton.server.api.RefreshTokens;
import io.jeton.server.api.Services;
import io.jeton.server.api.Validation;
import io.jeton.server.api.VerifyTokens;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.ops.NodeMetrics;
import io.jeton.server.storage.mysql.MySqlStore;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Makes what a node consists of, from its parts. */
final class Assembly {
  private Assembly() {}

  static Services services(
      MySqlStore store,
      TokenCache cache,
      Snapshots snapshots,
      Sealer sealer,
      NodeMetrics metrics,
      InstantSource clock) {
    Access access = new Access(snapshots.realms());
    Validation validation = new Validation();
    TokenIds ids = new TokenIds(clock, new SecureRandom());
    // Placeholder for the key ring's signer and adopter.
    NoSigningKeys keys = new NoSigningKeys();
    return new Services(
        new VerifyTokens(access, cache, clock, metrics),
        new IssueToken(access, validation, store.tokenWriter(), cache, sealer, ids, keys, clock),
        new RefreshTokens(
            access,
            validation,
            store.tokenFamilies(),
            store.tokenReader(),
            cache,
            ids,
            keys,
            keys,
            clock),
        new BindTokens(
            access, validation, store.tokenFamilies(), store.tokenReader(), cache, clock),
        new ManageTokens(
            access, validation, store.tokenReader(), store.tokenWriter(), cache, clock),
        new ManageCallers(
            validation,
            store.callers(),
            snapshots.callers()::refreshQuietly,
            snapshots.callers()::refresh,
            clock));
  }

  static TokenCache cache(MySqlStore store, JetonConfig config) {
    return new TokenCache(
        store.tokenLookup(),
        new TokenCache.Settings(
            config.cache().bytes(),
            config.cache().absentEntries(),
            config.cache().absentTime(),
            config.timeouts().verify(),
            config.database().readers(),
            config.cache().waitingLoads()),
        Ticker.systemTicker());
  }
}
