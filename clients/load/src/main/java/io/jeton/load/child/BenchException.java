package io.jeton.load.child;

/** The measurement cannot go on. The message is one line for the user. */
public final class BenchException extends RuntimeException {
  /** Says why. */
  public BenchException(String message) {
    super(message);
  }

  /** Says why. */
  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
