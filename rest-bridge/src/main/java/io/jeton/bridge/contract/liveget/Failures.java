package io.jeton.bridge.contract.liveget;

import io.jeton.bridge.CoreException;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.InactiveReason;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What a refusal of the core is to a client: the one mapping of this contract. */
final class Failures {
  private Failures() {}

  /** What lies within a future's own exception. */
  static Throwable peel(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? peel(failure.getCause())
        : failure;
  }

  /** Why the core did not carry out a call; none when it was not the core. */
  static Optional<ErrorReason> reason(Throwable failure) {
    return peel(failure) instanceof CoreException refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  /**
   * The answer to a call that the core did not carry out. {@link Outcome#ERROR} is an outage, or
   * something that somebody has to mend here.
   */
  static Outcome outcome(ErrorReason reason) {
    return switch (reason) {
      case ERROR_REASON_FIELD_INVALID,
          ERROR_REASON_REQUEST_TOO_LARGE,
          ERROR_REASON_REQUEST_MALFORMED ->
          Outcome.PARAMETER_INVALID;
      case ERROR_REASON_TOKEN_NOT_FOUND, ERROR_REASON_TOKEN_INACTIVE -> Outcome.TOKEN_NOT_FOUND;
      case ERROR_REASON_TOKEN_EXISTS -> Outcome.TOKEN_EXISTED;
      case ERROR_REASON_TOKEN_BOUND -> Outcome.TOKEN_MACHINE_ERROR;
      case ERROR_REASON_MODULE_NOT_FOUND -> Outcome.MODULE_NOT_FOUND;
      case ERROR_REASON_MODULE_INACTIVE -> Outcome.MODULE_OVERDUE;
      case ERROR_REASON_LOGINS_THROTTLED -> Outcome.PASSWORD_INVALID;
      case ERROR_REASON_STORE_UNAVAILABLE,
          ERROR_REASON_STORE_FULL,
          ERROR_REASON_STORE_CONFLICT,
          ERROR_REASON_OVERLOADED,
          ERROR_REASON_STOPPING,
          ERROR_REASON_INTERNAL,
          ERROR_REASON_KEY_MISSING,
          ERROR_REASON_KEY_INVALID,
          ERROR_REASON_PERMISSION_MISSING,
          ERROR_REASON_REALM_NOT_FOUND,
          ERROR_REASON_REQUEST_ID_REUSED,
          ERROR_REASON_CALLER_NOT_FOUND,
          ERROR_REASON_CALLER_EXISTS,
          ERROR_REASON_CALLER_DISABLED,
          ERROR_REASON_LAST_ADMINISTRATOR,
          ERROR_REASON_ACCOUNT_NOT_FOUND,
          ERROR_REASON_ACCOUNT_EXISTS,
          ERROR_REASON_ACCOUNT_INACTIVE,
          ERROR_REASON_MODULE_EXISTS,
          ERROR_REASON_APPLICATION_NOT_FOUND,
          ERROR_REASON_APPLICATION_EXISTS,
          ERROR_REASON_APPLICATION_INACTIVE,
          ERROR_REASON_SESSION_NOT_FOUND,
          ERROR_REASON_SESSION_EXISTS,
          ERROR_REASON_SIGNING_KEY_NOT_FOUND,
          ERROR_REASON_SIGNING_KEY_RETIRED,
          ERROR_REASON_QUOTA_EXCEEDED,
          ERROR_REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          Outcome.ERROR;
    };
  }

  /** The answer to a verification: a code that is revoked, or of another use, is none. */
  static Outcome outcome(InactiveReason reason) {
    return switch (reason) {
      case INACTIVE_REASON_UNSPECIFIED -> Outcome.TOKEN_VERIFIED;
      case INACTIVE_REASON_EXPIRED -> Outcome.TOKEN_EXPIRED;
      case INACTIVE_REASON_MACHINE_UNBOUND, INACTIVE_REASON_WRONG_MACHINE ->
          Outcome.TOKEN_MACHINE_ERROR;
      case INACTIVE_REASON_MODULE_NOT_FOUND -> Outcome.MODULE_NOT_FOUND;
      case INACTIVE_REASON_MODULE_OVERDUE -> Outcome.MODULE_OVERDUE;
      case INACTIVE_REASON_UNKNOWN,
          INACTIVE_REASON_MALFORMED,
          INACTIVE_REASON_REVOKED,
          INACTIVE_REASON_SPENT,
          INACTIVE_REASON_NOT_REFRESHABLE,
          INACTIVE_REASON_WRONG_APPLICATION,
          INACTIVE_REASON_APPLICATION_DISABLED,
          INACTIVE_REASON_NOT_ADMINISTRATOR,
          INACTIVE_REASON_MISSING_SCOPE,
          UNRECOGNIZED ->
          Outcome.TOKEN_NOT_FOUND;
    };
  }
}
