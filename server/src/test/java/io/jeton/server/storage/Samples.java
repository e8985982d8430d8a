package io.jeton.server.storage;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter.RememberedRequest;
import io.jeton.server.domain.TokenWriter.RequestKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tokens and requests for tests. */
public final class Samples {
  public static final Instant NOW = Instant.parse("2026-11-21T06:28:34.123456Z");
  public static final Actor ACTOR = new Actor(7, "192.0.2.1", "req-1");

  private Samples() {}

  /** A plain token of the subject {@code alice}. */
  public static Token token(Realm realm, long id, String secret) {
    return token(realm, id, secret, "alice");
  }

  public static Token token(Realm realm, long id, String secret, String subject) {
    return token(
        realm,
        id,
        secret,
        new Token.Attributes(
            "access", subject, Scopes.of(List.of("read")), "", Optional.empty(), Optional.empty()));
  }

  public static Token token(Realm realm, long id, String secret, Token.Attributes attributes) {
    return Token.of(
        lookup(realm, secret), new TokenId(id), realm, attributes, NOW, Optional.empty());
  }

  public static Lookup lookup(Realm realm, String secret) {
    return Lookups.ofToken(realm.name(), secret);
  }

  public static Lookup serviceKey(String secret) {
    return Lookups.ofServiceKey(secret);
  }

  public static RememberedRequest request(int callerId, String requestId, Instant expireTime) {
    byte[] fingerprint = new byte[32];
    Arrays.fill(fingerprint, (byte) requestId.hashCode());
    return new RememberedRequest(
        new RequestKey(callerId, requestId), fingerprint, new byte[] {1, 0, -1, 0}, expireTime);
  }

  public static RealmName realm(String name) {
    return new RealmName(name);
  }

  /** Everything that a token is, comparable. */
  public record Facts(
      Lookup lookup,
      TokenId id,
      Realm realm,
      Token.Attributes attributes,
      Instant issueTime,
      Optional<Instant> revokeTime) {
    public static Facts of(Token token) {
      return new Facts(
          token.lookup(),
          token.id(),
          token.realm(),
          token.attributes(),
          token.issueTime(),
          token.revokeTime());
    }
  }
}
