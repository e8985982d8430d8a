package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What may be shown of a key that signs tokens; never its secret.
 *
 * @param id names the key within the service
 * @param name what tokens are signed by: the newest active key of the name that is due signs
 * @param retireTime when it stopped signing
 * @param revokeTime when it was retired in an emergency, and all that it had signed was ended
 * @param publicJwk the public key as a JSON Web Key (RFC 7517), if the algorithm has one
 * @param signTime when it begins to sign; empty: since it was added
 */
public record SigningKey(
    int id,
    Realm realm,
    String name,
    Algorithm algorithm,
    Instant createTime,
    Optional<Instant> retireTime,
    Optional<Instant> revokeTime,
    Optional<String> publicJwk,
    Optional<Instant> signTime) {
  /** One that signs since it was added. */
  public SigningKey(
      int id,
      Realm realm,
      String name,
      Algorithm algorithm,
      Instant createTime,
      Optional<Instant> retireTime,
      Optional<Instant> revokeTime,
      Optional<String> publicJwk) {
    this(
        id,
        realm,
        name,
        algorithm,
        createTime,
        retireTime,
        revokeTime,
        publicJwk,
        Optional.empty());
  }

  /** Whether its time to sign has come. */
  public boolean isDue(Instant now) {
    return signTime.filter(now::isBefore).isEmpty();
  }

  public boolean isRetired() {
    return retireTime.isPresent();
  }

  public boolean isRevoked() {
    return revokeTime.isPresent();
  }
}
