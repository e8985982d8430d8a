package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Micros;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The table {@code audit}. A change and its record are one transaction: neither is there without
 * the other.
 */
final class Audit {
  private Audit() {}

  static void insert(
      Handle handle, Instant at, Actor actor, String action, String realm, String target) {
    try (Update update =
        handle.createUpdate(
            """
            INSERT INTO audit
              (audit_time, caller_id, action, realm, target, address, request_id, result)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'OK')""")) {
      update
          .bind(0, Micros.of(at))
          .bind(1, actor.callerId())
          .bind(2, TokenRows.bytes(action))
          .bind(3, TokenRows.bytes(realm))
          .bind(4, TokenRows.bytes(target))
          .bind(5, TokenRows.bytes(actor.address()))
          .bind(6, TokenRows.bytes(actor.requestId()))
          .execute();
    }
  }
}
