package io.jeton.server.crypto;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Recognises Jeton's own secrets: a prefix, 43 base62 characters that carry 256 random bits, and
 * six of checksum.
 */
public final class TokenFormat {
  private static final String OPAQUE_PREFIX = "jt_";
  private static final String SERVICE_KEY_PREFIX = "jt_svc_";
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int BODY = 43;
  private static final int CHECKSUM = 6;

  private TokenFormat() {}

  /** What a presented text looks like. */
  public enum Shape {
    /** A token of Jeton's format, its checksum right. */
    OPAQUE,
    /** Begins like a token of Jeton's format and is none. */
    OPAQUE_BROKEN,
    /** A service key, its checksum right. */
    SERVICE_KEY,
    /** Begins like a service key and is none. */
    SERVICE_KEY_BROKEN,
    /** Anything else. */
    OTHER
  }

  /** Says what a text looks like, without asking anybody. */
  public static Shape shapeOf(String presented) {
    if (presented.startsWith(SERVICE_KEY_PREFIX)) {
      return isWhole(presented, SERVICE_KEY_PREFIX) ? Shape.SERVICE_KEY : Shape.SERVICE_KEY_BROKEN;
    }
    if (presented.startsWith(OPAQUE_PREFIX)) {
      return isWhole(presented, OPAQUE_PREFIX) ? Shape.OPAQUE : Shape.OPAQUE_BROKEN;
    }
    return Shape.OTHER;
  }

  /** The six base62 digits, most significant first, of the CRC-32 of prefix and body. */
  static String checksum(String prefixAndBody) {
    CRC32 crc = new CRC32();
    crc.update(prefixAndBody.getBytes(StandardCharsets.US_ASCII));
    long rest = crc.getValue();
    char[] digits = new char[CHECKSUM];
    for (int i = CHECKSUM - 1; i >= 0; i--) {
      digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
    return new String(digits);
  }

  private static boolean isWhole(String presented, String prefix) {
    int end = prefix.length() + BODY;
    return presented.length() == end + CHECKSUM
        && presented.substring(prefix.length()).chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
        && presented.substring(end).equals(checksum(presented.substring(0, end)));
  }
}
