package io.jeton.server.storage.mysql;

import io.jeton.server.domain.ActLog.Act;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Micros;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The table {@code audit}. A change and its record are one transaction: neither is there without
 * the other.
 */
final class Audit {
  /** What a token that was issued is called there. */
  static final String ISSUE = "IssueToken";

  private static final String INSERT =
      """
      INSERT INTO audit
        (audit_time, caller_id, action, realm, target, address, request_id, result,
         effective_subject)
      VALUES
      """;

  private static final String ROW = " (?, ?, ?, ?, ?, ?, ?, 'OK', ?)";
  private static final int PARAMETERS = 8;

  private Audit() {}

  /** What there is to say of a change. */
  record Entry(Instant at, Actor actor, String action, String realm, String target) {}

  /** The records of several changes, with one statement. */
  static void insert(Handle handle, List<Entry> entries) {
    try (Update update =
        handle.createUpdate(INSERT + ROW + ("," + ROW).repeat(entries.size() - 1))) {
      int from = 0;
      for (Entry entry : entries) {
        bind(update, from, entry.at, entry.actor, entry.action, entry.realm, entry.target, "");
        from += PARAMETERS;
      }
      update.execute();
    }
  }

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
    try (Update update = handle.createUpdate(INSERT + ROW)) {
      bind(update, 0, at, actor, action, realm, target, effectiveSubject).execute();
    }
  }

  private static Update bind(
      Update update,
      int from,
      Instant at,
      Actor actor,
      String action,
      String realm,
      String target,
      String effectiveSubject) {
    return update
        .bind(from, Micros.of(at))
        .bind(from + 1, actor.callerId())
        .bind(from + 2, TokenRows.bytes(action))
        .bind(from + 3, TokenRows.bytes(realm))
        .bind(from + 4, TokenRows.bytes(target))
        .bind(from + 5, TokenRows.bytes(actor.address()))
        .bind(from + 6, TokenRows.bytes(actor.requestId()))
        .bind(from + 7, TokenRows.bytes(effectiveSubject));
  }
}
