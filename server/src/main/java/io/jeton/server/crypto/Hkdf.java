package io.jeton.server.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with SHA-256 (RFC 5869): makes a key of a secret that is none. Safe for use by several
 * threads; never blocks.
 */
final class Hkdf {
  private static final int HASH_LENGTH = 32;

  private Hkdf() {}

  /** The first step (section 2.2): the pseudorandom key of a secret. */
  static byte[] extract(byte[] salt, byte[] secret) {
    // No salt is a salt of zeros, and no key of a Mac may be empty.
    return hmac(salt.length == 0 ? new byte[HASH_LENGTH] : salt, secret);
  }

  /** The second step (section 2.3): as many bytes as are asked for, at most 8160, for a use. */
  static byte[] expand(byte[] key, byte[] info, int length) {
    if (length > 255 * HASH_LENGTH) {
      throw new IllegalArgumentException("HKDF gives at most 8160 bytes");
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    byte[] block = {};
    for (byte n = 1; out.hasRemaining(); n++) {
      byte[] input = Arrays.copyOf(block, block.length + info.length + 1);
      System.arraycopy(info, 0, input, block.length, info.length);
      input[input.length - 1] = n;
      block = hmac(key, input);
      out.put(block, 0, Math.min(block.length, out.remaining()));
    }
    return out.array();
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
}
