package io.jeton.bridge;

/**
 * A setting of a contract instance that cannot be used. The message is one line for a person, such
 * as {@code contracts[0].lifetime: 2x (expected: …)}, and holds no secret.
 */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_VALUE = 80;

  SettingsException(String message) {
    super(message);
  }

  static SettingsException of(String key, Object value, String expected) {
    return new SettingsException(key + ": " + printable(value) + " (expected: " + expected + ")");
  }

  private static String printable(Object value) {
    String text = String.valueOf(value);
    String line = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    return line.replaceAll("\\p{Cntrl}", "?");
  }
}
