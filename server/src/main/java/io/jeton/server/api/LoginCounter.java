package io.jeton.server.api;

/** Is told of every login that is checked and of every hash that is computed. Must not block. */
public interface LoginCounter {
  /** How a login came out. */
  enum Outcome {
    MATCHED,
    UNKNOWN_ACCOUNT,
    DISABLED,
    WRONG_PASSWORD,
    BANNED,
    /** The password was not looked at. */
    THROTTLED
  }

  void checked(Outcome outcome);

  /** A hash was computed, to check a password or to keep it. */
  void hashed(long nanos);
}
