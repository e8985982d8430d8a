package io.jeton.server.backup;

import org.jspecify.annotations.Nullable;

/** A backup that cannot be made or read; the message is one line for a person and has no secret. */
public final class BackupException extends Exception {
  private static final long serialVersionUID = 1L;

  BackupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  BackupException(String message) {
    this(message, null);
  }
}
