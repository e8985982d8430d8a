package io.jeton.server;

import org.jspecify.annotations.Nullable;

/** A node that cannot start; the message is one line for a person and holds no secret. */
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1L;

  StartupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  StartupException(String message) {
    this(message, null);
  }
}
