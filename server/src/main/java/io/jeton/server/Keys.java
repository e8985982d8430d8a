package io.jeton.server;

import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.config.SecretReference;
import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.crypto.Sealer.WrongMasterKeyException;
import io.jeton.server.domain.SealingKeyStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens the key ring. Methods block. */
final class Keys {
  private Keys() {}

  /**
   * The master key that the configuration names, or null when the embedded database's own is to be
   * used.
   */
  static @Nullable MasterKey configured(JetonConfig config, Map<String, String> environment)
      throws StartupException, ConfigException {
    Optional<SecretReference> reference = config.masterKey();
    if (reference.isEmpty()) {
      if (config.database().url().isPresent()) {
        throw new StartupException(
            "master-key: an external database needs one"
                + " (expected: env:NAME or file:PATH of 64 hexadecimal digits)");
      }
      return null;
    }
    try {
      return MasterKey.parse(reference.get().resolve("master-key", environment).reveal());
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "master-key: "
              + reference.get().text()
              + " holds no master key (expected: 64 hexadecimal digits)");
    }
  }

  static Sealer sealer(MasterKey masterKey, SealingKeyStore store, InstantSource clock)
      throws StartupException {
    try {
      return Sealer.open(masterKey, store, clock.instant());
    } catch (WrongMasterKeyException e) {
      throw new StartupException(
          "the master key is not the one that this database's key ring was made under", e);
    }
  }
}
