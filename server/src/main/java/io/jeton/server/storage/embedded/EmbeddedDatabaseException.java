package io.jeton.server.storage.embedded;

/** The embedded database did not start; the message is one line that a person can act on. */
public final class EmbeddedDatabaseException extends Exception {
  EmbeddedDatabaseException(String message) {
    super(message);
  }

  EmbeddedDatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
