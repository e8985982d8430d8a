package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What to change of an application. What is empty stays.
 *
 * @param accessKey its key from now on, encrypted
 */
public record ApplicationChange(
    Optional<Integer> encryptType,
    Optional<String> publicKey,
    Optional<byte[]> accessKey,
    Optional<Boolean> disabled) {

  /** The application as it will be. The time since when it is disabled stays. */
  public Application applied(Application before, Instant at) {
    return new Application(
        before.id(),
        before.realm(),
        before.appId(),
        encryptType.orElse(before.encryptType()),
        publicKey.orElse(before.publicKey()),
        disableTime(before.disableTime(), at),
        before.createTime(),
        before.updateTime());
  }

  private Optional<Instant> disableTime(Optional<Instant> before, Instant at) {
    if (disabled.isEmpty()) {
      return before;
    }
    return disabled.get() ? before.or(() -> Optional.of(at)) : Optional.empty();
  }
}
