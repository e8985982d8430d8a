package io.jeton.bridge.contract.chatot;

import java.time.Duration;

/** A request that fails. It has no stack trace: it is an answer, not a defect. */
final class FailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Failure failure;
  private final Duration retryAfter;

  FailureException(Failure failure, Duration retryAfter) {
    super(failure.name(), null, false, false);
    this.failure = failure;
    this.retryAfter = retryAfter;
  }

  FailureException(Failure failure) {
    this(failure, Duration.ZERO);
  }

  /** When it is worth another try, for TOO_MANY_REQUESTS; otherwise zero. */
  Duration retryAfter() {
    return retryAfter;
  }

  Failure failure() {
    return failure;
  }
}
