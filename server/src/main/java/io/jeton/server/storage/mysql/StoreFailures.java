package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the driver's errors mean. They are logged whole, at most one a second, and answered in our
 * words.
 *
 * <p>The numbers are those of MySQL's and MariaDB's error reference.
 */
final class StoreFailures {
  private static final Logger LOG = LoggerFactory.getLogger(StoreFailures.class);

  /**
   * Deadlock, lock wait time-out, a row changed since it was read, rolled back by the cluster's
   * other members.
   */
  static final Set<Integer> CONFLICT = Set.of(1213, 1205, 1020, 3101);

  /** Disk full, error writing a file, table full. */
  static final Set<Integer> FULL = Set.of(1021, 1026, 1114, 3019);

  /** --read-only, innodb_read_only, a read-only transaction, super_read_only. */
  static final Set<Integer> READ_ONLY = Set.of(1290, 1836, 1792, 3032);

  /**
   * Too many connections, refused logins, missing rights, shutting down, killed, took too long, out
   * of memory, not joined to its cluster, a binary log that cannot take the change.
   */
  static final Set<Integer> UNAVAILABLE =
      Set.of(
          1037, 1040, 1041, 1044, 1045, 1047, 1053, 1129, 1130, 1135, 1142, 1143, 1203, 1226, 1317,
          1665, 1927, 1969, 3024, 3100, 3159, 4031);

  private static final AtomicLong LAST_LOGGED = new AtomicLong(System.nanoTime() - 2_000_000_000L);

  private StoreFailures() {}

  /** The SQL exception within what jdbi threw, if there is one. */
  static Optional<SQLException> sqlException(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  static boolean isConflict(Throwable thrown) {
    return sqlException(thrown)
        .map(SQLException::getErrorCode)
        .filter(CONFLICT::contains)
        .isPresent();
  }

  static boolean isReadOnly(SQLException e) {
    return READ_ONLY.contains(e.getErrorCode());
  }

  /**
   * The key that a duplicate entry was refused for, without the entry; empty when it is another
   * error.
   */
  static Optional<String> duplicateKey(Throwable thrown) {
    return sqlException(thrown)
        .filter(sql -> sql.getErrorCode() == 1062 || sql.getErrorCode() == 1586)
        .map(
            sql -> {
              String message = String.valueOf(sql.getMessage());
              int end = message.lastIndexOf('\'');
              int begin = message.lastIndexOf('\'', end - 1);
              String key = begin < 0 ? "" : message.substring(begin + 1, end);
              // MySQL 8 puts the table's name before the key's.
              return key.substring(key.indexOf('.') + 1);
            });
  }

  /**
   * The refusal that a driver's error stands for; anything that is not the store's fault is thrown
   * on as it is.
   */
  static RuntimeException translate(RuntimeException thrown) {
    if (thrown instanceof RefusedException) {
      return thrown;
    }
    Optional<Refusal> refusal = sqlException(thrown).flatMap(StoreFailures::refusal);
    if (refusal.isEmpty()) {
      return thrown;
    }
    long now = System.nanoTime();
    long last = LAST_LOGGED.get();
    if (now - last >= 1_000_000_000L && LAST_LOGGED.compareAndSet(last, now)) {
      LOG.warn("The database refused: {}", refusal.get(), thrown);
    }
    return RefusedException.causedBy(refusal.get(), thrown);
  }

  /** The general error of a storage engine, for the system's ENOSPC. */
  private static boolean isEngineOutOfSpace(SQLException sql) {
    return sql.getErrorCode() == 1030 && String.valueOf(sql.getMessage()).contains("rror 28");
  }

  private static Optional<Refusal> refusal(SQLException sql) {
    int code = sql.getErrorCode();
    String state = String.valueOf(sql.getSQLState());
    if (CONFLICT.contains(code)) {
      return Optional.of(Refusal.STORE_CONFLICT);
    }
    if (FULL.contains(code) || isEngineOutOfSpace(sql)) {
      return Optional.of(Refusal.STORE_FULL);
    }
    if (READ_ONLY.contains(code)
        || UNAVAILABLE.contains(code)
        || state.startsWith("08")
        || sql instanceof SQLTransientConnectionException) {
      return Optional.of(Refusal.STORE_UNAVAILABLE);
    }
    return Optional.empty();
  }
}
