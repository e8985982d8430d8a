package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.storage.mysql.Together.AllFailedException;

/**
 * Tells of a shared transaction that failed whether its parts should be tried one by one. For one
 * transaction; used by one thread.
 */
final class SharedOutcome {
  private boolean isUnknown;

  /** An attempt begins: what became of the one before is known. */
  void begins() {
    isUnknown = false;
  }

  /** A commit has failed, and may be carried out nevertheless. */
  void isUnknown() {
    isUnknown = true;
  }

  /**
   * The failure, if a part may be to blame for it.
   *
   * @throws AllFailedException when the store is, or when the outcome is unknown
   */
  RuntimeException of(RuntimeException failure) throws AllFailedException {
    if (isUnknown || isOfTheStore(failure)) {
      throw new AllFailedException(failure);
    }
    return failure;
  }

  private static boolean isOfTheStore(RuntimeException failure) {
    return failure instanceof RefusedException refused
        && (refused.refusal() == Refusal.STORE_UNAVAILABLE
            || refused.refusal() == Refusal.STORE_FULL);
  }
}
