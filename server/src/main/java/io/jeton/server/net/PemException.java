package io.jeton.server.net;

/** A file of a certificate or a key that cannot be used; the message is one line for a person. */
public final class PemException extends Exception {
  private static final long serialVersionUID = 1L;

  PemException(String message) {
    super(message, null, false, false);
  }

  /** Names a setting, the file that it names, and what was expected there. */
  static PemException of(PemFile file, String expected) {
    return new PemException(file.key() + ": " + file.path() + " (expected: " + expected + ")");
  }
}
