package io.jeton.server.storage.mysql;

import io.jeton.server.domain.ActLog.Act;
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
    insert(handle, at, actor, action, realm, target, "");
  }

  /** The record of a call that was made as somebody else. */
  static void insertAct(Handle handle, Act act) {
    insert(
        handle,
        act.at(),
        act.actor(),
        "ActAs",
        act.realm(),
        act.token().toString(),
        act.effectiveSubject());
  }

  private static void insert(
      Handle handle,
      Instant at,
      Actor actor,
      String action,
      String realm,
      String target,
      String effectiveSubject) {
    try (Update update =
        handle.createUpdate(
            """
            INSERT INTO audit
              (audit_time, caller_id, action, realm, target, address, request_id, result,
               effective_subject)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'OK', ?)""")) {
      update
          .bind(0, Micros.of(at))
          .bind(1, actor.callerId())
          .bind(2, TokenRows.bytes(action))
          .bind(3, TokenRows.bytes(realm))
          .bind(4, TokenRows.bytes(target))
          .bind(5, TokenRows.bytes(actor.address()))
          .bind(6, TokenRows.bytes(actor.requestId()))
          .bind(7, TokenRows.bytes(effectiveSubject))
          .execute();
    }
  }
}
