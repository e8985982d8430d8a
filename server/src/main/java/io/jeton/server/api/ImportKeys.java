package io.jeton.server.api;

import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.ForeignTokenStore;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SigningKey;
import io.jeton.v1.CreateSigningKeyRequest;
import io.jeton.v1.RevokedJtiRecord;
import io.jeton.v1.SigningKeyRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Imports signing keys and the tokens that original servers had revoked. Blocks; safe for use by
 * several threads.
 */
public final class ImportKeys {
  private static final int STRONG_BYTES = 32;
  private static final String WELL_KNOWN = "changeme";
  private static final long FIRST_SECOND = -62_135_596_800L;
  private static final long LAST_SECOND = 253_402_300_799L;

  private final Validation validation;
  private final SigningKeys keys;
  private final ForeignTokenStore foreignTokens;
  private final Publishing publishing;
  private final InstantSource clock;

  public ImportKeys(
      Validation validation,
      SigningKeys keys,
      ForeignTokenStore foreignTokens,
      TokenCache cache,
      InstantSource clock) {
    this.validation = validation;
    this.keys = keys;
    this.foreignTokens = foreignTokens;
    this.publishing = new Publishing(cache);
    this.clock = clock;
  }

  /** The key of a record that is within its limits. */
  CreateSigningKeyRequest read(SigningKeyRecord record) {
    validation.require(record);
    CreateSigningKeyRequest key = record.getKey();
    if (!algorithm(key).isSymmetric()) {
      throw RefusedException.ofField("key.algorithm", "must be HS256 or HS512");
    }
    if (key.getSecret().isEmpty()) {
      throw RefusedException.ofField("key.secret", "must not be empty");
    }
    return key;
  }

  /** The token of a record that is within its limits. */
  RevokedJtiRecord read(RevokedJtiRecord record) {
    validation.require(record);
    long seconds = record.getUntil().getSeconds();
    int nanos = record.getUntil().getNanos();
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND || nanos < 0 || nanos > 999_999_999) {
      throw RefusedException.ofField("until", "must be in the years 1 to 9999");
    }
    return record;
  }

  /** What deserves a look about a key's secret. */
  Optional<String> warning(CreateSigningKeyRequest key) {
    if (key.getSecret().toStringUtf8().equals(WELL_KNOWN)) {
      return Optional.of("is one that everybody knows: whoever does can sign such tokens");
    }
    return key.getSecret().size() < STRONG_BYTES
        ? Optional.of("is shorter than 32 bytes and can be found by trying")
        : Optional.empty();
  }

  Imported apply(Realm realm, CreateSigningKeyRequest key, Actor actor) {
    Imported outcome = forecast(realm, key);
    if (outcome != Imported.UNCHANGED) {
      requireAlgorithm(
          key,
          keys.add(
              realm,
              key.getName(),
              algorithm(key),
              Optional.of(key.getSecret().toByteArray()),
              actor));
    }
    return outcome;
  }

  /** What would become of it. */
  Imported forecast(Realm realm, CreateSigningKeyRequest key) {
    Optional<SigningKey> present =
        keys.ring().withSecret(realm, key.getName(), key.getSecret().toByteArray());
    present.ifPresent(each -> requireAlgorithm(key, each));
    return present.isPresent() ? Imported.UNCHANGED : Imported.CREATED;
  }

  Imported apply(Realm realm, RevokedJtiRecord token, Actor actor) {
    boolean isKnown = foreignTokens.isRevokedJti(realm, token.getKey(), token.getJti());
    boolean isChange =
        publishing.publish(
            touched ->
                foreignTokens.addRevokedJti(
                    realm,
                    token.getKey(),
                    token.getJti(),
                    until(token),
                    clock.instant(),
                    touched,
                    actor));
    if (!isChange) {
      return Imported.UNCHANGED;
    }
    return isKnown ? Imported.CHANGED : Imported.CREATED;
  }

  /** What would become of it. */
  Imported forecast(Realm realm, RevokedJtiRecord token) {
    if (!foreignTokens.isRevokedJti(realm, token.getKey(), token.getJti())) {
      return Imported.CREATED;
    }
    return foreignTokens.isRevokedJtiUntil(realm, token.getKey(), token.getJti(), until(token))
        ? Imported.UNCHANGED
        : Imported.CHANGED;
  }

  /** In microseconds, as the store keeps it. */
  private static Optional<Instant> until(RevokedJtiRecord token) {
    return token.hasUntil()
        ? Optional.of(Messages.instant(token.getUntil()).truncatedTo(ChronoUnit.MICROS))
        : Optional.empty();
  }

  private static void requireAlgorithm(CreateSigningKeyRequest asked, SigningKey key) {
    if (key.algorithm() != algorithm(asked)) {
      throw RefusedException.ofField(
          "key.algorithm", "must be that of the key with this secret that is there");
    }
  }

  private static Algorithm algorithm(CreateSigningKeyRequest key) {
    return switch (key.getAlgorithm()) {
      case SIGNING_ALGORITHM_HS256 -> Algorithm.HS256;
      case SIGNING_ALGORITHM_HS512 -> Algorithm.HS512;
      case SIGNING_ALGORITHM_ES256 -> Algorithm.ES256;
      case SIGNING_ALGORITHM_RS256 -> Algorithm.RS256;
      case SIGNING_ALGORITHM_UNSPECIFIED, UNRECOGNIZED ->
          throw RefusedException.ofField("key.algorithm", "must be HS256 or HS512");
    };
  }
}
