package io.jeton.server.config;

import java.util.Locale;

/**
 * One thing that an operator can set.
 *
 * @param key its name in {@code jeton.yaml}, nested keys joined by dots
 * @param defaultText its default as it would be written there; empty: none
 * @param expected what a value must be, for error messages
 * @param parser reads a value; throws IllegalArgumentException for a wrong one
 * @param isSecret whether a wrong value must not be shown
 */
record Setting<T>(
    String key, String defaultText, String expected, Parser<T> parser, boolean isSecret) {

  /** Reads a value. */
  @FunctionalInterface
  interface Parser<T> {
    /** Throws IllegalArgumentException (or a subclass) when the text is not a value. */
    T parse(String text);
  }

  /** The environment variable that overrides it. */
  String variable() {
    return "JETON_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  T read(String text) throws ConfigException {
    try {
      return parser.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw isSecret
          ? new ConfigException(key + ": a wrong value (expected: " + expected + ")")
          : new ConfigException(key, text, expected);
    }
  }
}
