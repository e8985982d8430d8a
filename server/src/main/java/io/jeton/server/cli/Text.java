package io.jeton.server.cli;

import java.lang.Character.UnicodeScript;

/** Text that came from elsewhere, made safe to show on a terminal. */
final class Text {
  private Text() {}

  /**
   * Writes control and invisible formatting characters as {@code \\uXXXX}, so that a name cannot
   * move the cursor, end the line or turn its direction. What it makes of JSON is the same JSON.
   */
  static String escape(String text) {
    if (text.codePoints().noneMatch(Text::isUnsafe)) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isUnsafe(c)) {
                for (char unit : Character.toChars(c)) {
                  safe.append(String.format("\\u%04x", (int) unit));
                }
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }

  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /**
   * How many columns a terminal gives the text: two for a Chinese, Japanese or Korean character.
   */
  static int width(String text) {
    return text.codePoints().map(Text::width).sum();
  }

  private static int width(int c) {
    if (Character.getType(c) == Character.NON_SPACING_MARK) {
      return 0;
    }
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
      default -> 1;
    };
  }
}
