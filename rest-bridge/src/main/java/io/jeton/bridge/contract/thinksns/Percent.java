package io.jeton.bridge.contract.thinksns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as PHP reads it: what is no valid escape stands for itself. */
final class Percent {
  private static final int ESCAPE_LENGTH = 3;
  private static final int HEX = 16;

  private Percent() {}

  /**
   * The text that an encoded one stands for, in UTF-8.
   *
   * @param plusIsSpace whether it is part of a form or query
   */
  static String decode(String encoded, boolean plusIsSpace) {
    if (encoded.indexOf('%') < 0 && !(plusIsSpace && encoded.indexOf('+') >= 0)) {
      return encoded;
    }
    byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && isEscape(bytes, i)) {
        decoded.write(HEX * digit(bytes[i + 1]) + digit(bytes[i + 2]));
        i += ESCAPE_LENGTH - 1;
      } else {
        decoded.write(plusIsSpace && bytes[i] == '+' ? ' ' : bytes[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static boolean isEscape(byte[] bytes, int start) {
    return start + ESCAPE_LENGTH <= bytes.length
        && digit(bytes[start + 1]) >= 0
        && digit(bytes[start + 2]) >= 0;
  }

  private static int digit(byte letter) {
    return Character.digit((char) letter, HEX);
  }
}
