package io.jeton.client;

/** Why a login fails. */
public enum PasswordMismatch {
  /** The realm has no such account. */
  UNKNOWN_ACCOUNT,
  /** The account is disabled. */
  DISABLED,
  /** The password is another, or the account has none. */
  WRONG_PASSWORD,
  /** The password is right, and the account is banned. */
  BANNED,
  /** A reason that this client is too old to know. */
  OTHER
}
