package io.jeton.client;

/** Why a token is not active. */
public enum InactiveReason {
  /** It begins with {@code jt_} and is not a token that Jeton can have made. */
  MALFORMED,
  /** The realm has no such token. */
  UNKNOWN,
  /** It was revoked. */
  REVOKED,
  /** Its expire time has come. */
  EXPIRED,
  /** An application was asked for that it is not bound to. */
  WRONG_APPLICATION,
  /** It lacks a required scope. */
  MISSING_SCOPE,
  /** It was refreshed before, and its grace is over. */
  SPENT,
  /** It is a valid token that cannot be refreshed. */
  NOT_REFRESHABLE,
  /** A reason that this client is too old to know. */
  OTHER
}
