package io.jeton.server;

import io.jeton.server.api.Access;
import io.jeton.server.api.ForeignTokens;
import io.jeton.server.api.JwtTokenSigner;
import io.jeton.server.api.ManageKeys;
import io.jeton.server.api.PublishedKeys;
import io.jeton.server.api.SigningKeys;
import io.jeton.server.api.TokenSigner;
import io.jeton.server.api.Validation;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.KeySealer;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.storage.mysql.MySqlStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a node does with signing keys.
 *
 * @param signer signs JSON Web Tokens
 * @param foreignTokens takes over those of original servers
 * @param published shows public keys
 */
record Signing(
    SigningKeys keys,
    TokenSigner signer,
    ForeignTokens foreignTokens,
    ManageKeys manage,
    PublishedKeys published) {
  /** Reads keys and policies for the first time, which blocks. */
  static Signing of(
      MySqlStore store,
      Sealer sealer,
      Access access,
      Validation validation,
      Supplier<Map<String, Realm>> realms,
      TokenCache cache,
      TokenIds ids,
      InstantSource clock) {
    SigningKeys keys = new SigningKeys(store.signingKeys(), new KeySealer(sealer), clock);
    ForeignTokens foreignTokens = new ForeignTokens(keys, store.foreignTokens(), cache, ids, clock);
    return new Signing(
        keys,
        new JwtTokenSigner(keys),
        foreignTokens,
        new ManageKeys(access, validation, store.signingKeys(), keys, foreignTokens, cache, clock),
        new PublishedKeys(realms, keys));
  }

  /** Reads keys and policies again if the store answers. Blocks. */
  void refreshQuietly() {
    keys.refreshQuietly();
    foreignTokens.refreshQuietly();
  }
}
