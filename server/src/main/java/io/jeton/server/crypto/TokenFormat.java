package io.jeton.server.crypto;

import io.jeton.server.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Jeton's own secrets: a prefix, 43 base-62 characters that carry 256 random bits, and a checksum
 * of six, so that a mistyped one is refused without a look-up and a leaked one is recognised by
 * scanners.
 *
 * <p>The checksum is the CRC-32 of all that stands before it, as six base-62 digits, the most
 * significant first. Safe for use by several threads.
 */
public final class TokenFormat {
  /** What a token's secret begins with; a secret that a caller chose must not. */
  public static final String TOKEN_PREFIX = "jt_";

  /** What a service key begins with. */
  public static final String SERVICE_KEY_PREFIX = "jt_svc_";

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final byte[] DIGITS = digits();
  private static final int BODY_LENGTH = 43;
  private static final int CHECKSUM_LENGTH = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  private TokenFormat() {}

  /** What a text looks like. */
  public enum Shape {
    OPAQUE,
    /** It begins like an opaque token and is none. */
    OPAQUE_BROKEN,
    SERVICE_KEY,
    /** It begins like a service key and is none. */
    SERVICE_KEY_BROKEN,
    OTHER
  }

  /** A new opaque token. */
  public static Secret newToken() {
    return generate(TOKEN_PREFIX);
  }

  /** A new service key. */
  public static Secret newServiceKey() {
    return generate(SERVICE_KEY_PREFIX);
  }

  /** Random lower-case hexadecimal characters, an even number of them. */
  public static Secret newHex(int length) {
    byte[] bytes = new byte[length / 2];
    RANDOM.nextBytes(bytes);
    return Secret.of(HexFormat.of().formatHex(bytes));
  }

  /** What names a new session: 32 URL-safe characters that carry 192 random bits. */
  public static Secret newSid() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Says what a text looks like, by its characters alone. */
  public static Shape shapeOf(String presented) {
    if (presented.startsWith(SERVICE_KEY_PREFIX)) {
      return isWhole(presented, SERVICE_KEY_PREFIX) ? Shape.SERVICE_KEY : Shape.SERVICE_KEY_BROKEN;
    }
    if (presented.startsWith(TOKEN_PREFIX)) {
      return isWhole(presented, TOKEN_PREFIX) ? Shape.OPAQUE : Shape.OPAQUE_BROKEN;
    }
    return Shape.OTHER;
  }

  private static Secret generate(String prefix) {
    StringBuilder text = new StringBuilder(prefix);
    byte[] random = new byte[2 * BODY_LENGTH];
    for (int left = BODY_LENGTH; left > 0; ) {
      RANDOM.nextBytes(random);
      for (int i = 0; i < random.length && left > 0; i++) {
        int value = random[i] & 0x3f;
        // 62 and 63 are thrown away, so that every character is equally likely.
        if (value < ALPHABET.length()) {
          text.append(ALPHABET.charAt(value));
          left--;
        }
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    long checksum = checksum(bytes, bytes.length);
    char[] digits = new char[CHECKSUM_LENGTH];
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      digits[i] = ALPHABET.charAt((int) (checksum % ALPHABET.length()));
      checksum /= ALPHABET.length();
    }
    return Secret.of(text.append(digits).toString());
  }

  private static boolean isWhole(String text, String prefix) {
    int end = prefix.length() + BODY_LENGTH;
    if (text.length() != end + CHECKSUM_LENGTH) {
      return false;
    }
    // A character that is not Latin-1 becomes a question mark, which is no digit.
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    long claimed = 0;
    for (int i = prefix.length(); i < bytes.length; i++) {
      int digit = DIGITS[bytes[i] & 0xff];
      if (digit < 0) {
        return false;
      }
      if (i >= end) {
        claimed = claimed * ALPHABET.length() + digit;
      }
    }
    return claimed == checksum(bytes, end);
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  /** The value of every byte as a digit; -1 for those that are none. */
  private static byte[] digits() {
    byte[] digits = new byte[256];
    Arrays.fill(digits, (byte) -1);
    for (int value = 0; value < ALPHABET.length(); value++) {
      digits[ALPHABET.charAt(value)] = (byte) value;
    }
    return digits;
  }
}
