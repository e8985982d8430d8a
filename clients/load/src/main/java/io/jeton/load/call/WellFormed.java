package io.jeton.load.call;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Secrets that look like Jeton's own and that nobody issued: {@code jt_}, 43 characters and their
 * checksum, so that the server has to look them up. Not thread-safe.
 */
public final class WellFormed {
  private static final byte[] DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".getBytes(US_ASCII);
  private static final int PREFIX = 3;
  private static final int END = PREFIX + 43;
  private static final int LENGTH = END + 6;

  private final SplittableRandom random;

  /** Another seed gives others. */
  public WellFormed(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The next one. */
  public String next() {
    byte[] secret = new byte[LENGTH];
    secret[0] = 'j';
    secret[1] = 't';
    secret[2] = '_';
    for (int i = PREFIX; i < END; i++) {
      secret[i] = DIGITS[random.nextInt(DIGITS.length)];
    }
    CRC32 crc = new CRC32();
    crc.update(secret, 0, END);
    long checksum = crc.getValue();
    for (int i = LENGTH - 1; i >= END; i--) {
      secret[i] = DIGITS[(int) (checksum % DIGITS.length)];
      checksum /= DIGITS.length;
    }
    return new String(secret, US_ASCII);
  }

  /** The same with a checksum that is not its own. */
  public static String broken(String secret) {
    char last = secret.charAt(secret.length() - 1);
    return secret.substring(0, secret.length() - 1) + (last == '0' ? '1' : '0');
  }
}
