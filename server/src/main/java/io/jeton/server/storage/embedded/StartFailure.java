package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;

/** Says in one line why the database did not start. */
final class StartFailure {
  private StartFailure() {}

  static EmbeddedDatabaseException of(IOException failure, Path dataDirectory) {
    return new EmbeddedDatabaseException(
        "the embedded database cannot use data directory " + dataDirectory + ": " + reason(failure),
        failure);
  }

  static EmbeddedDatabaseException ofFullDisk(ServerLog log, DatabaseDirectory directory) {
    return new EmbeddedDatabaseException(
        "the embedded database did not start: No space left on device for %s; see %s"
            .formatted(directory.root(), log.file()));
  }

  /** It ended, with this exit status, before it answered. */
  static EmbeddedDatabaseException ofExit(int status, ServerLog log, DatabaseDirectory directory)
      throws IOException {
    return new EmbeddedDatabaseException(
        "the embedded database did not start on %s (exit status %d): %s; see %s"
            .formatted(directory.data(), status, reason(log), log.file()));
  }

  /** It answers, but without the database or the user it should have. */
  static EmbeddedDatabaseException ofStatement(ServerLog log) throws IOException {
    return new EmbeddedDatabaseException(
        "the embedded database refused its preparation: %s; see %s"
            .formatted(reason(log), log.file()));
  }

  static EmbeddedDatabaseException ofTimeout(Duration timeout, ServerLog log) throws IOException {
    return new EmbeddedDatabaseException(
        "the embedded database did not answer within %d s: %s; see %s"
            .formatted(timeout.toSeconds(), reason(log), log.file()));
  }

  static EmbeddedDatabaseException ofForeignData(Path data) {
    return new EmbeddedDatabaseException(
        "%s holds no MariaDB system tables: it is not an embedded database's data; move it away, or"
                .formatted(data)
            + " choose another data directory");
  }

  static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "no permission to write " + denied.getFile();
    }
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason() + ": " + file.getFile();
    }
    return String.valueOf(failure.getMessage());
  }

  private static String reason(ServerLog log) throws IOException {
    return log.reason().orElse("it wrote nothing to its log");
  }
}
