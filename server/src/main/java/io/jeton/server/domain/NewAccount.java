package io.jeton.server.domain;

import java.util.Optional;

/**
 * An account to add.
 *
 * @param id its id; empty: the next one
 * @param passwordHash what a login is checked against; empty: no login succeeds
 * @param profile a JSON object
 */
public record NewAccount(
    Optional<AccountId> id,
    Account.Names names,
    Optional<Secret> passwordHash,
    boolean disabled,
    boolean banned,
    String profile) {

  /** One that has nothing but a QQ number. */
  public static NewAccount ofQq(String qq) {
    return new NewAccount(
        Optional.empty(),
        new Account.Names(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(qq)),
        Optional.empty(),
        false,
        false,
        "{}");
  }
}
