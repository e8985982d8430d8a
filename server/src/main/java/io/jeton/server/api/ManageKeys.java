package io.jeton.server.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.ForeignTokenPolicy;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SigningKey;
import io.jeton.server.domain.SigningKeyStore;
import io.jeton.server.domain.SigningKeyStore.Batch;
import io.jeton.server.domain.SigningKeyStore.WrappedKey;
import io.jeton.v1.CreateSigningKeyRequest;
import io.jeton.v1.CreateSigningKeyResponse;
import io.jeton.v1.ForeignTokens;
import io.jeton.v1.ListSigningKeysRequest;
import io.jeton.v1.ListSigningKeysResponse;
import io.jeton.v1.RetireSigningKeyRequest;
import io.jeton.v1.RetireSigningKeyResponse;
import io.jeton.v1.SetForeignTokensRequest;
import io.jeton.v1.SetForeignTokensResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** {@code KeyService}. Blocks; safe for use by several threads. */
public final class ManageKeys {
  private static final int MOST_CLAIMS = 8;

  /** 9999-12-31T23:59:59Z. */
  private static final long LARGEST_SECONDS = 253_402_300_799L;

  private final Access access;
  private final Validation validation;
  private final SigningKeyStore store;
  private final SigningKeys keys;
  private final io.jeton.server.api.ForeignTokens foreignTokens;
  private final TokenCache cache;
  private final InstantSource clock;

  public ManageKeys(
      Access access,
      Validation validation,
      SigningKeyStore store,
      SigningKeys keys,
      io.jeton.server.api.ForeignTokens foreignTokens,
      TokenCache cache,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.store = store;
    this.keys = keys;
    this.foreignTokens = foreignTokens;
    this.cache = cache;
    this.clock = clock;
  }

  public CreateSigningKeyResponse create(CreateSigningKeyRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    Algorithm algorithm = Messages.algorithm(request.getAlgorithm()).orElseThrow();
    ByteString secret = request.getSecret();
    if (!secret.isEmpty() && !algorithm.isSymmetric()) {
      throw RefusedException.ofField("secret", "must be empty for this algorithm");
    }
    SigningKey key =
        keys.add(
            realm,
            request.getName(),
            algorithm,
            secret.isEmpty() ? Optional.empty() : Optional.of(secret.toByteArray()),
            signAfter(request),
            identity.actor());
    if (key.algorithm() != algorithm) {
      throw RefusedException.ofField(
          "algorithm", "must be that of the key which has this secret already");
    }
    return CreateSigningKeyResponse.newBuilder().setKey(Messages.signingKey(key)).build();
  }

  public ListSigningKeysResponse list(ListSigningKeysRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    ListSigningKeysResponse.Builder response = ListSigningKeysResponse.newBuilder();
    store.all().stream()
        .map(WrappedKey::key)
        .filter(key -> key.realm().id() == realm.id())
        .map(Messages::signingKey)
        .forEach(response::addKeys);
    return response.build();
  }

  public SetForeignTokensResponse setForeignTokens(
      SetForeignTokensRequest request, Identity identity) {
    Validation.requireAtMost(
        "foreign_tokens.claims", request.getForeignTokens().getClaimsCount(), MOST_CLAIMS);
    requireRealTimes(request.getForeignTokens());
    validation.require(request);
    Realm realm = access.requireSigning(identity.caller(), request.getRealm(), request.getKey());
    foreignTokens.setPolicy(
        realm,
        request.getKey(),
        request.hasForeignTokens()
            ? Optional.of(policy(request.getForeignTokens()))
            : Optional.empty(),
        identity.actor());
    return SetForeignTokensResponse.getDefaultInstance();
  }

  public RetireSigningKeyResponse retire(RetireSigningKeyRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    int id = Integer.parseInt(request.getId());
    SigningKey key = keys.retire(realm, id, request.getEmergency(), identity.actor());
    long revoked = 0;
    if (request.getEmergency()) {
      Batch batch = new Batch(0, 0, false);
      while (!batch.isLast()) {
        batch = revokeSome(realm, id, batch.next(), identity);
        revoked += batch.ended();
      }
    }
    return RetireSigningKeyResponse.newBuilder()
        .setKey(Messages.signingKey(key))
        .setRevoked(revoked)
        .build();
  }

  private Batch revokeSome(Realm realm, int id, long after, Identity identity) {
    Set<Lookup> ending = new HashSet<>();
    try {
      Batch ended =
          store.revokeTokens(realm, id, after, clock.instant(), ending::add, identity.actor());
      ending.forEach(cache::changed);
      return ended;
    } catch (RuntimeException e) {
      ending.forEach(cache::doubted);
      throw e;
    }
  }

  /**
   * Refuses times that the well-known types do not allow; the general check takes them as they
   * come.
   */
  private static void requireRealTimes(ForeignTokens message) {
    Timestamp until = message.getAcceptUntil();
    if (until.getSeconds() < 0
        || until.getSeconds() > LARGEST_SECONDS
        || isNoNanos(until.getNanos())) {
      throw RefusedException.ofField(
          "foreign_tokens.accept_until", "must be a time of the years 1970 to 9999");
    }
    com.google.protobuf.Duration window = message.getRefreshWindow();
    if (window.getSeconds() < 0 || isNoNanos(window.getNanos())) {
      throw RefusedException.ofField(
          "foreign_tokens.refresh_window", "must be a positive duration");
    }
  }

  private static ForeignTokenPolicy policy(ForeignTokens message) {
    com.google.protobuf.Duration window = message.getRefreshWindow();
    // To the microsecond, as it is stored: so that the same one is recognised.
    Instant acceptUntil = Micros.toInstant(Micros.of(Messages.instant(message.getAcceptUntil())));
    return new ForeignTokenPolicy(
        acceptUntil,
        message.hasRefreshWindow()
            ? Optional.of(
                Duration.ofSeconds(window.getSeconds(), window.getNanos() / 1_000 * 1_000L))
            : Optional.empty(),
        message.getClaimsMap(),
        message.getIssuer());
  }

  private static Duration signAfter(CreateSigningKeyRequest request) {
    com.google.protobuf.Duration after = request.getSignAfter();
    if (isNoNanos(after.getNanos())) {
      throw RefusedException.ofField("sign_after", "must be a duration that is not negative");
    }
    return Duration.ofSeconds(after.getSeconds(), after.getNanos());
  }

  private static boolean isNoNanos(int nanos) {
    return nanos < 0 || nanos > 999_999_999;
  }
}
