package io.jeton.client;

/** One thing that a caller can be allowed to do in a realm. */
public enum Permission {
  /** Verify tokens. */
  VERIFY,
  /** Issue tokens. */
  ISSUE,
  /** Revoke tokens. */
  REVOKE,
  /** Show and list tokens. */
  LIST,
  /** Everything in the realm; for all realms it also allows managing callers. */
  ADMIN,
  /** Have passwords checked. */
  LOGIN,
  /** Be told secrets again. */
  REVEAL,
  /** A permission that this client is too old to know. It cannot be granted. */
  OTHER
}
