package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Micros;
import io.jeton.server.domain.TokenWriter.RememberedRequest;
import io.jeton.server.domain.TokenWriter.RequestKey;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code remembered_request}. */
final class RememberedRequests {
  /**
   * What the driver calls the key of this table; the table is written first, before any other
   * primary key.
   */
  static final String KEY = "PRIMARY";

  static final String SELECT =
      "SELECT fingerprint, sealed_answer, expire_time FROM remembered_request"
          + " WHERE caller_id = ? AND request_id = ?";

  private RememberedRequests() {}

  /** The request is remembered already. */
  static final class KnownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KnownException() {
      super(null, null, false, false);
    }
  }

  static void insert(Handle handle, RememberedRequest request) {
    try {
      execute(handle, request);
    } catch (RuntimeException e) {
      // Told from a token's duplicate key here, because both tables call theirs PRIMARY.
      if (StoreFailures.duplicateKey(e).isPresent()) {
        throw new KnownException();
      }
      throw e;
    }
  }

  private static void execute(Handle handle, RememberedRequest request) {
    handle
        .createUpdate(
            """
            INSERT INTO remembered_request
              (caller_id, request_id, fingerprint, sealed_answer, expire_time)
            VALUES (?, ?, ?, ?, ?)""")
        .bind(0, request.key().callerId())
        .bind(1, TokenRows.bytes(request.key().requestId()))
        .bind(2, request.fingerprint())
        .bind(3, request.sealedAnswer())
        .bind(4, Micros.of(request.expireTime()))
        .execute();
  }

  /** The request unless it has expired; one that has is forgotten, so that it can be made again. */
  static Optional<RememberedRequest> select(Handle handle, RequestKey key, Instant now) {
    Optional<RememberedRequest> found =
        handle
            .createQuery(SELECT)
            .bind(0, key.callerId())
            .bind(1, TokenRows.bytes(key.requestId()))
            .map(
                (row, context) ->
                    new RememberedRequest(
                        key, row.getBytes(1), row.getBytes(2), Micros.toInstant(row.getLong(3))))
            .findOne();
    if (found.isPresent() && !found.get().expireTime().isAfter(now)) {
      handle
          .createUpdate(
              "DELETE FROM remembered_request WHERE caller_id = ? AND request_id = ? AND expire_time <= ?")
          .bind(0, key.callerId())
          .bind(1, TokenRows.bytes(key.requestId()))
          .bind(2, Micros.of(now))
          .execute();
      return Optional.empty();
    }
    return found;
  }
}
