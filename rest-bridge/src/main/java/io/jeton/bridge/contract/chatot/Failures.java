package io.jeton.bridge.contract.chatot;

import io.jeton.bridge.CoreException;
import io.jeton.v1.ErrorReason;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Which failure an exception is: the one mapping of this contract. */
final class Failures {
  private Failures() {}

  /** The failure that an exception is; {@link Failure#OUTAGE} for one that nobody foresaw. */
  static Failure of(Throwable cause) {
    if (cause instanceof CompletionException && cause.getCause() != null) {
      return of(cause.getCause());
    }
    if (cause instanceof FailureException e) {
      return e.failure();
    }
    return cause instanceof CoreException e ? of(e.reason()) : Failure.OUTAGE;
  }

  /** When a request that failed is worth another try; zero when nobody said. */
  static Duration retryAfter(Throwable cause) {
    if (cause instanceof CompletionException && cause.getCause() != null) {
      return retryAfter(cause.getCause());
    }
    if (cause instanceof FailureException e) {
      return e.retryAfter();
    }
    return cause instanceof CoreException e ? e.retryAfter() : Duration.ZERO;
  }

  /**
   * The failure that a refusal of the core is. What only a wrong configuration brings about is an
   * outage: no request of a client can be served.
   */
  static Failure of(ErrorReason reason) {
    return switch (reason) {
      case ERROR_REASON_LOGINS_THROTTLED, ERROR_REASON_QUOTA_EXCEEDED -> Failure.TOO_MANY_REQUESTS;
      // Of what a client sends, only the login, the password and the credential reach the core.
      case ERROR_REASON_FIELD_INVALID,
          ERROR_REASON_REQUEST_TOO_LARGE,
          ERROR_REASON_REQUEST_MALFORMED,
          ERROR_REASON_TOKEN_NOT_FOUND,
          ERROR_REASON_TOKEN_INACTIVE,
          ERROR_REASON_MODULE_NOT_FOUND,
          ERROR_REASON_MODULE_EXISTS,
          ERROR_REASON_MODULE_INACTIVE,
          ERROR_REASON_APPLICATION_NOT_FOUND,
          ERROR_REASON_APPLICATION_EXISTS,
          ERROR_REASON_APPLICATION_INACTIVE,
          ERROR_REASON_SESSION_NOT_FOUND,
          ERROR_REASON_SESSION_EXISTS,
          ERROR_REASON_TOKEN_BOUND,
          ERROR_REASON_ACCOUNT_NOT_FOUND,
          ERROR_REASON_ACCOUNT_INACTIVE ->
          Failure.UNAUTHORIZED;
      case ERROR_REASON_STORE_UNAVAILABLE,
          ERROR_REASON_STORE_FULL,
          ERROR_REASON_STORE_CONFLICT,
          ERROR_REASON_OVERLOADED,
          ERROR_REASON_STOPPING,
          ERROR_REASON_INTERNAL ->
          Failure.OUTAGE;
      case ERROR_REASON_KEY_MISSING,
          ERROR_REASON_KEY_INVALID,
          ERROR_REASON_PERMISSION_MISSING,
          ERROR_REASON_REALM_NOT_FOUND,
          ERROR_REASON_TOKEN_EXISTS,
          ERROR_REASON_REQUEST_ID_REUSED,
          ERROR_REASON_CALLER_NOT_FOUND,
          ERROR_REASON_CALLER_EXISTS,
          ERROR_REASON_CALLER_DISABLED,
          ERROR_REASON_LAST_ADMINISTRATOR,
          ERROR_REASON_ACCOUNT_EXISTS,
          ERROR_REASON_SIGNING_KEY_NOT_FOUND,
          ERROR_REASON_SIGNING_KEY_RETIRED,
          ERROR_REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          Failure.OUTAGE;
    };
  }
}
