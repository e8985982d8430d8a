package io.jeton.bridge.contract.liveget;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The limits of what parameters may be. */
final class Texts {
  /** The most characters of a token, a machine, an identification and a name. */
  private static final int LONGEST = 255;

  /** The most digits of a QQ number. */
  private static final int MOST_DIGITS = 32;

  private Texts() {}

  static boolean isLong(String text) {
    return text.length() > LONGEST && text.codePointCount(0, text.length()) > LONGEST;
  }

  /** Whether a text is a QQ number: digits and nothing else. */
  static boolean isQq(String text) {
    return text.length() <= MOST_DIGITS && isDigits(text, 0);
  }

  /** The whole number that a text is, with or without a sign; none beyond 64 bits. */
  static OptionalLong wholeNumber(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (!isDigits(text, start)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Refuses parameters that are too long.
   *
   * @throws RefusedException that names them, in the given order
   */
  static void requireLengths(Query query, Parameter... limited) {
    List<Parameter> invalid = new ArrayList<>(0);
    for (Parameter parameter : limited) {
      if (isLong(query.value(parameter).orElse(""))) {
        invalid.add(parameter);
      }
    }
    require(invalid);
  }

  /**
   * Refuses parameters that are invalid.
   *
   * @throws RefusedException that names them, if there are any
   */
  static void require(List<Parameter> invalid) {
    if (!invalid.isEmpty()) {
      throw new RefusedException(Outcome.PARAMETER_INVALID, invalid);
    }
  }

  private static boolean isDigits(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > start;
  }
}
