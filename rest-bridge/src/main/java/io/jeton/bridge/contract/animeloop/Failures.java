package io.jeton.bridge.contract.animeloop;

import io.jeton.v1.ErrorReason;

/** The one mapping from a call that the core did not carry out to what the client is told. */
final class Failures {
  private Failures() {}

  /** What a failed call means. */
  enum Meaning {
    /** There is no such session. */
    NO_SESSION(Failure.NO_SESSION),
    /** The session's account is not there, is disabled or banned. */
    SESSION_INVALID(Failure.SESSION_INVALID),
    /** It could not be carried out; the contract has one text for whatever kept it from that. */
    DATABASE(Failure.DATABASE),
    /** Somebody has to mend or set up something here. The client is told the same. */
    DEFECT(Failure.DATABASE);

    private final Failure failure;

    Meaning(Failure failure) {
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  /** What a reason means; every one has a meaning. */
  static Meaning meaning(ErrorReason reason) {
    return switch (reason) {
      case ERROR_REASON_SESSION_NOT_FOUND -> Meaning.NO_SESSION;
      // It went between the look at the session and the call.
      case ERROR_REASON_ACCOUNT_NOT_FOUND, ERROR_REASON_ACCOUNT_INACTIVE -> Meaning.SESSION_INVALID;
      case ERROR_REASON_FIELD_INVALID,
          ERROR_REASON_REQUEST_TOO_LARGE,
          ERROR_REASON_REQUEST_MALFORMED,
          ERROR_REASON_TOKEN_NOT_FOUND,
          ERROR_REASON_TOKEN_EXISTS,
          ERROR_REASON_STORE_UNAVAILABLE,
          ERROR_REASON_STORE_FULL,
          ERROR_REASON_STORE_CONFLICT,
          ERROR_REASON_OVERLOADED,
          ERROR_REASON_STOPPING ->
          Meaning.DATABASE;
      case ERROR_REASON_KEY_MISSING,
          ERROR_REASON_KEY_INVALID,
          ERROR_REASON_PERMISSION_MISSING,
          ERROR_REASON_REALM_NOT_FOUND,
          ERROR_REASON_REQUEST_ID_REUSED,
          ERROR_REASON_CALLER_NOT_FOUND,
          ERROR_REASON_CALLER_EXISTS,
          ERROR_REASON_CALLER_DISABLED,
          ERROR_REASON_LAST_ADMINISTRATOR,
          ERROR_REASON_LOGINS_THROTTLED,
          ERROR_REASON_TOKEN_BOUND,
          ERROR_REASON_TOKEN_INACTIVE,
          ERROR_REASON_ACCOUNT_EXISTS,
          ERROR_REASON_SIGNING_KEY_NOT_FOUND,
          ERROR_REASON_SIGNING_KEY_RETIRED,
          ERROR_REASON_MODULE_NOT_FOUND,
          ERROR_REASON_MODULE_EXISTS,
          ERROR_REASON_MODULE_INACTIVE,
          ERROR_REASON_APPLICATION_NOT_FOUND,
          ERROR_REASON_APPLICATION_EXISTS,
          ERROR_REASON_APPLICATION_INACTIVE,
          ERROR_REASON_SESSION_EXISTS,
          ERROR_REASON_INTERNAL,
          ERROR_REASON_QUOTA_EXCEEDED,
          ERROR_REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          Meaning.DEFECT;
    };
  }
}
