package io.jeton.server.api;

import io.jeton.server.crypto.PasswordHasher;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Secret;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Hashes to check when there is none, so that a login for which there is no account takes the time
 * that others in its realm take: of the realm's schemes in the proportion in which its accounts
 * have them, and for one login always the same. Safe for use by several threads; never blocks.
 */
final class StandIns {
  private final Supplier<Map<Integer, Map<String, Integer>>> schemes;

  /** Takes how many hashes of each scheme there are, by the realm's id. */
  StandIns(Supplier<Map<Integer, Map<String, Integer>>> schemes) {
    this.schemes = schemes;
  }

  /**
   * A hash that no password is known for.
   *
   * @param digest of the login, keyed: nobody must foresee what it chooses
   */
  Secret choose(Realm realm, byte[] digest) {
    TreeMap<String, Integer> counts =
        new TreeMap<>(schemes.get().getOrDefault(realm.id(), Map.of()));
    long total = counts.values().stream().mapToLong(Integer::longValue).sum();
    // The digest as a fraction of 2^32, so that few logins change when the numbers do.
    long place =
        (total * Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt())) >>> Integer.SIZE;
    for (Map.Entry<String, Integer> scheme : counts.entrySet()) {
      place -= scheme.getValue();
      if (place < 0) {
        return PasswordHasher.standIn(Optional.of(scheme.getKey()));
      }
    }
    return PasswordHasher.standIn(Optional.empty());
  }
}
