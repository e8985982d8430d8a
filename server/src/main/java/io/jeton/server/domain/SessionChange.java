package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What to change of a session; what is empty stays.
 *
 * @param account who is logged in from now on; empty inside: nobody is
 * @param sealedData other data, encrypted under the sid
 */
public record SessionChange(
    Optional<Optional<AccountId>> account,
    Optional<byte[]> sealedData,
    Optional<Instant> expireTime) {

  /** The session afterwards. */
  public Session applied(Session before) {
    return new Session(
        before.realm(),
        before.id(),
        account.orElse(before.account()),
        before.createTime(),
        expireTime.orElse(before.expireTime()));
  }
}
