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
  /** The realm has no such module or sub-module. */
  MODULE_NOT_FOUND,
  /** The module or the sub-module has expired or is disabled. */
  MODULE_OVERDUE,
  /** The application that it is bound to is disabled. */
  APPLICATION_DISABLED,
  /** A machine was asked for and the licence is bound to none. */
  MACHINE_UNBOUND,
  /** The licence is bound to another machine. */
  WRONG_MACHINE,
  /** It is a valid token that may not act as others. */
  NOT_ADMINISTRATOR,
  /** A reason that this client is too old to know. */
  OTHER
}
