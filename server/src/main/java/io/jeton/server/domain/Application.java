package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What may be shown of a registered application; never its secrets. Immutable.
 *
 * @param appId names it within its realm; never changes
 * @param encryptType how its clients encrypt their connections, from 0 to 3
 * @param publicKey a public key that its clients are told; empty: none
 * @param disableTime when it was disabled; empty: it is not
 */
public record Application(
    int id,
    Realm realm,
    String appId,
    int encryptType,
    String publicKey,
    Optional<Instant> disableTime,
    Instant createTime,
    Instant updateTime) {

  public boolean isDisabled() {
    return disableTime.isPresent();
  }
}
