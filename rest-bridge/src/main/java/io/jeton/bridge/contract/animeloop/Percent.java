package io.jeton.bridge.contract.animeloop;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding as JavaScript's {@code decodeURIComponent} reads it. */
final class Percent {
  private static final int ESCAPE_LENGTH = 3;
  private static final int HEX = 16;

  private Percent() {}

  /**
   * The text that an encoded one stands for.
   *
   * @return empty when a percent sign begins no escape, or escapes are not UTF-8
   */
  static Optional<String> decode(String encoded) {
    StringBuilder decoded = new StringBuilder(encoded.length());
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length() / ESCAPE_LENGTH + 1);
    int i = 0;
    while (i < encoded.length()) {
      if (encoded.charAt(i) != '%') {
        decoded.append(encoded.charAt(i));
        i++;
        continue;
      }
      bytes.clear();
      for (; i < encoded.length() && encoded.charAt(i) == '%'; i += ESCAPE_LENGTH) {
        if (!isEscape(encoded, i)) {
          return Optional.empty();
        }
        bytes.put((byte) (HEX * digit(encoded, i + 1) + digit(encoded, i + 2)));
      }
      try {
        decoded.append(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()));
      } catch (CharacterCodingException e) {
        return Optional.empty();
      }
    }
    return Optional.of(decoded.toString());
  }

  private static boolean isEscape(String text, int start) {
    return start + ESCAPE_LENGTH <= text.length()
        && digit(text, start + 1) >= 0
        && digit(text, start + 2) >= 0;
  }

  /** Of ASCII only: other scripts have digits too. */
  private static int digit(String text, int index) {
    char letter = text.charAt(index);
    return letter < 0x80 ? Character.digit(letter, HEX) : -1;
  }
}
