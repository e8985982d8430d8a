package io.jeton.server.crypto;

import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.SigningKey;
import io.jeton.server.domain.SigningKeyStore.NewKey;
import io.jeton.server.domain.SigningKeyStore.WrappedKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes signing keys and encrypts them under the key ring, bound to their realm, name and
 * algorithm; opens them again. What was opened is held in memory. Safe for use by several threads;
 * never blocks, but making an RSA key takes a while.
 */
public final class KeySealer {
  private static final Logger LOG = LoggerFactory.getLogger(KeySealer.class);

  private final Sealer sealer;
  private final Map<Integer, Optional<KeySecrets.Signer>> opened = new ConcurrentHashMap<>();

  public KeySealer(Sealer sealer) {
    this.sealer = sealer;
  }

  /** A key with a random secret. */
  public NewKey random(Realm realm, String name, Algorithm algorithm) {
    return seal(realm, name, algorithm, KeySecrets.random(algorithm));
  }

  /** An HMAC key with this secret, of at least one byte. */
  public NewKey given(Realm realm, String name, Algorithm algorithm, byte[] secret) {
    if (!algorithm.isSymmetric() || secret.length == 0) {
      throw new IllegalArgumentException("not a secret of HMAC");
    }
    return seal(realm, name, algorithm, secret);
  }

  /** The ring of these keys. */
  public KeyRing open(List<WrappedKey> keys) {
    return new KeyRing(
        keys.stream()
            .map(
                each ->
                    new OpenKey(
                        each.key(),
                        opened.computeIfAbsent(each.key().id(), any -> signer(each)).orElse(null)))
            .toList());
  }

  private NewKey seal(Realm realm, String name, Algorithm algorithm, byte[] secret) {
    byte[] purpose = "signing key ".getBytes(StandardCharsets.US_ASCII);
    byte[] named =
        ByteBuffer.allocate(purpose.length + secret.length).put(purpose).put(secret).array();
    return new NewKey(
        realm,
        name,
        algorithm,
        sealer.seal(secret, context(realm, name, algorithm)),
        sealer.fingerprint(named),
        KeySecrets.publicJwk(algorithm, secret));
  }

  private Optional<KeySecrets.Signer> signer(WrappedKey wrapped) {
    SigningKey key = wrapped.key();
    Optional<byte[]> secret =
        sealer.open(wrapped.wrapped(), context(key.realm(), key.name(), key.algorithm()));
    if (secret.isEmpty()) {
      LOG.error(
          "Signing key {} ({} of realm {}) was not encrypted under this server's key ring:"
              + " it neither signs nor vouches for a token",
          key.id(),
          key.name(),
          key.realm().name());
    }
    return secret.map(each -> KeySecrets.signer(key.algorithm(), each));
  }

  private static byte[] context(Realm realm, String name, Algorithm algorithm) {
    return ("signing key " + realm.name() + " " + name + " " + algorithm)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
