package io.jeton.server.storage.embedded;

/** Another process took the chosen port before mariadbd did. */
final class PortTakenException extends Exception {
  PortTakenException(String message) {
    super(message);
  }
}
