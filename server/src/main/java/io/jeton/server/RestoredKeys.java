package io.jeton.server;

import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.crypto.Sealer.WrongMasterKeyException;
import io.jeton.server.domain.SealingKeyStore;
import io.jeton.server.domain.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The master keys that a backup's key ring may be encrypted under. The settings go before the
 * backup, since a start goes by them. Immutable.
 *
 * @param configured the one that the settings name
 * @param previous those that the settings name as previous
 * @param kept the backup's own
 * @param isChanged whether the ring may go from the backup's own to the one of the settings
 */
record RestoredKeys(
    Optional<MasterKey> configured,
    List<MasterKey> previous,
    Optional<MasterKey> kept,
    boolean isChanged) {

  /** Whether there is none at all. */
  boolean isNone() {
    return configured.isEmpty() && kept.isEmpty();
  }

  /**
   * Tries them, and takes the one of the settings into use as a start does; whether that changed
   * the key ring. Does nothing when there is none. Blocks.
   */
  boolean open(SealingKeyStore store, Instant now) throws StartupException {
    Optional<MasterKey> masterKey = configured.or(() -> kept);
    if (masterKey.isEmpty()) {
      return false;
    }
    List<MasterKey> earlier = new ArrayList<>(previous);
    if (isChanged) {
      kept.ifPresent(earlier::add);
    }
    try {
      return Sealer.open(masterKey.get(), earlier, store, now).isRewrapped();
    } catch (WrongMasterKeyException e) {
      throw new StartupException(
          "the master key is not the one that the backup's key ring was made under"
              + (previous.isEmpty() ? "" : ", nor is any of previous-master-keys")
              + (kept.isEmpty() || isChanged
                  ? ""
                  : "; the backup holds another (expected: that one, or --new-master-key)"),
          e);
    }
  }

  /** What is to lie in the data directory: the backup's own, unless another took its place. */
  Optional<Secret> toKeep() {
    Optional<Secret> own = kept.map(MasterKey::secret);
    return configured.isEmpty() ? own : own.filter(configured.get().secret()::equals);
  }
}
