package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/** Keeps the keys that seal answers, themselves encrypted under the master key. Blocks. */
public interface SealingKeyStore {
  /** The newest key. */
  Optional<WrappedKey> newest();

  /**
   * Adds the first key, unless another node was quicker; either way the newest is there afterwards.
   */
  void addFirst(byte[] wrapped, Instant at);

  /**
   * Replaces a key's encrypted form by that of the same key under another master key, with an audit
   * record in the same transaction; changes nothing when it is not as it was.
   *
   * @return whether it did
   */
  boolean rewrap(WrappedKey was, byte[] wrapped, Instant at, Actor actor);

  /** A key in its encrypted form. */
  record WrappedKey(int id, byte[] wrapped) {}
}
