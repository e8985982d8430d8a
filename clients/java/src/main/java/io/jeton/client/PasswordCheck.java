package io.jeton.client;

import java.util.Optional;

/**
 * Whether somebody may log in.
 *
 * @param account the account, when it may
 * @param mismatch why not; do not tell it to whoever logs in, who would learn which accounts exist
 */
public record PasswordCheck(Optional<Account> account, Optional<PasswordMismatch> mismatch) {
  /** Whether the password is the account's own, which is neither disabled nor banned. */
  public boolean matches() {
    return account.isPresent();
  }
}
