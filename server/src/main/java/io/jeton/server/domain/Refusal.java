package io.jeton.server.domain;

/** Why a request was not carried out. Each has one status and one reason on the wire. */
public enum Refusal {
  KEY_MISSING,
  KEY_INVALID,
  PERMISSION_MISSING,
  FIELD_INVALID,
  REALM_NOT_FOUND,
  TOKEN_NOT_FOUND,
  TOKEN_EXISTS,
  REQUEST_ID_REUSED,
  CALLER_NOT_FOUND,
  CALLER_EXISTS,
  CALLER_DISABLED,
  LAST_ADMINISTRATOR,
  STORE_UNAVAILABLE,
  STORE_FULL,
  STORE_CONFLICT,
  OVERLOADED,
  STOPPING
}
