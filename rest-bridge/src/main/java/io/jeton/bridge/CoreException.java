package io.jeton.bridge;

import io.jeton.v1.ErrorReason;
import java.time.Duration;

/**
 * A call that the core did not carry out. It has no stack trace: it is an answer, not a defect. A
 * call that was not answered in time has the reason STORE_UNAVAILABLE.
 */
public final class CoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorReason reason;
  private final Duration retryAfter;

  public CoreException(ErrorReason reason, Duration retryAfter) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  public CoreException(ErrorReason reason) {
    this(reason, Duration.ZERO);
  }

  public ErrorReason reason() {
    return reason;
  }

  /** When it is worth another try, for LOGINS_THROTTLED and QUOTA_EXCEEDED; otherwise zero. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
