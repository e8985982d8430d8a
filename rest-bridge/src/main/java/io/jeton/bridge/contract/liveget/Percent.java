package io.jeton.bridge.contract.liveget;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding of a query in UTF-8, in which a plus sign is a space. */
final class Percent {
  private static final int ESCAPE_LENGTH = 3;
  private static final int HEX = 16;
  private static final int ASCII_END = 0x80;
  private static final int BYTE_END = 0x100;

  private Percent() {}

  /** The text that an encoded one stands for; none when an escape or the UTF-8 is wrong. */
  static Optional<String> decode(String encoded) {
    return isPlain(encoded) ? Optional.of(encoded) : decodeBytes(encoded);
  }

  private static boolean isPlain(String encoded) {
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%' || c == '+' || c >= ASCII_END) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> decodeBytes(String encoded) {
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c >= BYTE_END) {
        return Optional.empty();
      }
      if (c != '%') {
        // A byte that was sent bare is a character here.
        bytes.put(c == '+' ? (byte) ' ' : (byte) c);
        continue;
      }
      int value = escape(encoded, i);
      if (value < 0) {
        return Optional.empty();
      }
      bytes.put((byte) value);
      i += ESCAPE_LENGTH - 1;
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The byte of an escape, or a negative number when it is none. */
  private static int escape(String encoded, int start) {
    if (start + ESCAPE_LENGTH > encoded.length()) {
      return -1;
    }
    int high = digit(encoded.charAt(start + 1));
    int low = digit(encoded.charAt(start + 2));
    return high < 0 || low < 0 ? -1 : high * HEX + low;
  }

  private static int digit(char letter) {
    return letter < ASCII_END ? Character.digit(letter, HEX) : -1;
  }
}
