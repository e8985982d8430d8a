package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Refusal;
import java.util.Optional;

/** Is told of every question to the database. Must not block; safe for use by several threads. */
@FunctionalInterface
public interface StoreWatch {
  /** Tells nobody. */
  StoreWatch NONE = (what, kind, refusal, nanos) -> {};

  /** Whether a question may change something. */
  enum Kind {
    READ,
    WRITE
  }

  /**
   * Tells of a question that was answered, or failed.
   *
   * @param what what it was about, such as {@code verify} or {@code accounts}
   * @param refusal why it was refused, by the database or by what it found there
   * @param nanos how long it took, with the wait for a connection and all attempts
   */
  void asked(String what, Kind kind, Optional<Refusal> refusal, long nanos);

  /** Tells this one and then another. */
  default StoreWatch and(StoreWatch other) {
    return (what, kind, refusal, nanos) -> {
      asked(what, kind, refusal, nanos);
      other.asked(what, kind, refusal, nanos);
    };
  }
}
