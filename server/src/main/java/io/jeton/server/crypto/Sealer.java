package io.jeton.server.crypto;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.SealingKeyStore;
import io.jeton.server.domain.SealingKeyStore.WrappedKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts answers that are owed again, under a key of the key ring that the master key encrypts. A
 * sealed text begins with the id of its key in four bytes, so that a newer key can be taken into
 * use. Safe for use by several threads.
 */
public final class Sealer {
  private static final byte[] WRAPPING = "jeton sealing key".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_LENGTH = 32;

  private final int id;
  private final byte[] key;

  private Sealer(int id, byte[] key) {
    this.id = id;
    this.key = key;
  }

  /**
   * Opens the key ring, making its first key when it is empty. Blocks.
   *
   * @throws WrongMasterKeyException when the ring was made under another master key
   */
  public static Sealer open(MasterKey master, SealingKeyStore store, Instant now)
      throws WrongMasterKeyException {
    WrappedKey ring = newest(master, store, now);
    return unwrap(ring, master).orElseThrow(WrongMasterKeyException::new);
  }

  /**
   * Opens the key ring, and encrypts it under the master key if it still was under a previous one.
   * All that it seals stays as it is: only the ring's own key is encrypted anew, in one row.
   * Several processes may do so at once. Blocks.
   *
   * @param previous the master keys that it may still be encrypted under
   * @throws WrongMasterKeyException when it was made under none of them
   */
  public static Opened open(
      MasterKey master, List<MasterKey> previous, SealingKeyStore store, Instant now)
      throws WrongMasterKeyException {
    WrappedKey ring = newest(master, store, now);
    Optional<Sealer> sealer = unwrap(ring, master);
    if (sealer.isPresent()) {
      return new Opened(sealer.get(), false);
    }
    for (MasterKey each : previous) {
      Optional<Sealer> found = unwrap(ring, each);
      if (found.isPresent()) {
        byte[] wrapped = Aead.seal(master.bytes(), found.get().key, WRAPPING);
        if (store.rewrap(ring, wrapped, now, Actor.SERVER)) {
          return new Opened(found.get(), true);
        }
        // Another process was quicker: with the same master key, or this is refused.
        return new Opened(open(master, store, now), false);
      }
    }
    throw new WrongMasterKeyException();
  }

  /**
   * A key ring.
   *
   * @param isRewrapped whether this call encrypted it anew, as it was under a previous master key
   */
  public record Opened(Sealer sealer, boolean isRewrapped) {}

  private static WrappedKey newest(MasterKey master, SealingKeyStore store, Instant now) {
    Optional<WrappedKey> newest = store.newest();
    if (newest.isEmpty()) {
      byte[] fresh = new byte[KEY_LENGTH];
      new SecureRandom().nextBytes(fresh);
      store.addFirst(Aead.seal(master.bytes(), fresh, WRAPPING), now);
      newest = store.newest();
    }
    return newest.orElseThrow();
  }

  private static Optional<Sealer> unwrap(WrappedKey ring, MasterKey master) {
    return Aead.open(master.bytes(), ring.wrapped(), WRAPPING)
        .map(key -> new Sealer(ring.id(), key));
  }

  /** Encrypts a text for a context, which must be given again to open it. */
  public byte[] seal(byte[] plain, byte[] context) {
    byte[] sealed = Aead.seal(derived("seal"), plain, context);
    return ByteBuffer.allocate(4 + sealed.length).putInt(id).put(sealed).array();
  }

  /** The text, or empty when it was not sealed by this key for this context. */
  public Optional<byte[]> open(byte[] sealed, byte[] context) {
    if (sealed.length < 4 || ByteBuffer.wrap(sealed).getInt() != id) {
      return Optional.empty();
    }
    return Aead.open(derived("seal"), Arrays.copyOfRange(sealed, 4, sealed.length), context);
  }

  /** A digest that cannot be computed without the key: HMAC-SHA-256. */
  public byte[] fingerprint(byte[] text) {
    return hmac(derived("fingerprint"), text);
  }

  private byte[] derived(String purpose) {
    return hmac(key, purpose.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", e);
    }
  }

  /** The key ring was made under another master key. */
  public static final class WrongMasterKeyException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
