package io.jeton.server.testing;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens for tests that do not care which. */
public final class Tokens {
  public static final Realm REALM = new Realm(1, RealmName.DEFAULT);
  public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private Tokens() {}

  public static Lookup lookup(String secret) {
    return Lookups.ofToken(REALM.name(), secret);
  }

  /** A live token of this secret that does not expire. */
  public static Token live(String secret) {
    return Token.of(
        lookup(secret),
        new TokenId(1 + Math.abs(secret.hashCode())),
        REALM,
        new Token.Attributes(
            "access",
            "subject of " + secret,
            Scopes.of(List.of("read")),
            "",
            Optional.empty(),
            Optional.empty()),
        NOON,
        Optional.empty());
  }
}
