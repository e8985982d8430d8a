package io.jeton.server;

import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.config.SecretReference;
import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.crypto.Sealer.WrongMasterKeyException;
import io.jeton.server.domain.SealingKeyStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the key ring. Methods block. */
final class Keys {
  private static final Logger LOG = LoggerFactory.getLogger(Keys.class);

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
    return parse("master-key", reference.get(), environment);
  }

  /** The master keys that the key ring may still be encrypted under. */
  static List<MasterKey> previous(JetonConfig config, Map<String, String> environment)
      throws StartupException, ConfigException {
    List<MasterKey> keys = new ArrayList<>();
    for (SecretReference reference : config.previousMasterKeys()) {
      keys.add(parse("previous-master-keys", reference, environment));
    }
    return keys;
  }

  private static MasterKey parse(
      String setting, SecretReference reference, Map<String, String> environment)
      throws StartupException, ConfigException {
    try {
      return MasterKey.parse(reference.resolve(setting, environment).reveal());
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          setting
              + ": "
              + reference.text()
              + " holds no master key (expected: 64 hexadecimal digits)");
    }
  }

  /** Opens the key ring, and takes a new master key into use. */
  static Sealer sealer(
      MasterKey masterKey, List<MasterKey> previous, SealingKeyStore store, InstantSource clock)
      throws StartupException {
    try {
      Sealer.Opened opened = Sealer.open(masterKey, previous, store, clock.instant());
      if (opened.isRewrapped()) {
        LOG.info(
            "The key ring is now encrypted under master-key:"
                + " nothing needs previous-master-keys any more");
      } else if (!previous.isEmpty()) {
        LOG.info(
            "The key ring is encrypted under master-key: previous-master-keys can be taken away");
      }
      return opened.sealer();
    } catch (WrongMasterKeyException e) {
      throw new StartupException(wrong(previous), e);
    }
  }

  /** Which of these master keys the key ring is encrypted under; it is left as it is. */
  static MasterKey present(
      MasterKey masterKey, List<MasterKey> previous, SealingKeyStore store, InstantSource clock)
      throws StartupException {
    List<MasterKey> keys = new ArrayList<>(previous);
    keys.add(0, masterKey);
    for (MasterKey each : keys) {
      try {
        var unused = Sealer.open(each, store, clock.instant());
        return each;
      } catch (WrongMasterKeyException e) {
        // It may be under the next one.
      }
    }
    throw new StartupException(wrong(previous));
  }

  private static String wrong(List<MasterKey> previous) {
    return "the master key is not the one that this database's key ring was made under"
        + (previous.isEmpty() ? "" : ", nor is any of previous-master-keys");
  }
}
