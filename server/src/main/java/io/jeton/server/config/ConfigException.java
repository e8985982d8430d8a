package io.jeton.server.config;

/**
 * A configuration that cannot be used; the message is one line for a person and holds no secret.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  ConfigException(String key, String value, String expected) {
    this(key + ": " + printable(value) + " (expected: " + expected + ")");
  }

  private static String printable(String value) {
    String line = value.length() > 80 ? value.substring(0, 80) + "…" : value;
    return line.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
