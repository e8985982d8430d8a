package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.TokenId;
import io.jeton.server.feed.Lane;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Locks the rows of a family, and ends them. */
final class FamilyRows {
  static final String FIRST = "SELECT token_id FROM token WHERE token_id = ? FOR UPDATE";

  static final String LIVE =
      "SELECT token_id, lookup FROM token WHERE family_id = ? AND live = 1 FOR UPDATE";

  static final String END =
      """
      UPDATE token SET live = NULL, revoke_time = ?, sealed_partner = NULL
      WHERE token_id = ? AND live = 1""";

  private FamilyRows() {}

  /** A live row. */
  record Row(TokenId id, Lookup lookup) {}

  /** Locks the family's first row, which every change of the family begins with. */
  static void lock(Handle handle, TokenId family) {
    try (Query query = handle.createQuery(FIRST)) {
      query.bind(0, family.value()).mapTo(Long.class).findOne();
    }
  }

  /** The family's live rows, locked. */
  static List<Row> live(Handle handle, TokenId family) {
    try (Query query = handle.createQuery(LIVE)) {
      return query
          .bind(0, family.value())
          .map((row, context) -> new Row(new TokenId(row.getLong(1)), Lookup.of(row.getBytes(2))))
          .list();
    }
  }

  /**
   * Ends the live rows of a family whose first row is locked.
   *
   * @return whether there were any
   */
  static boolean end(
      Handle handle,
      Lane lane,
      Realm realm,
      TokenId family,
      Instant at,
      Change change,
      Consumer<Lookup> touched) {
    List<Row> rows = live(handle, family);
    for (Row row : rows) {
      touched.accept(row.lookup);
      try (Update update = handle.createUpdate(END)) {
        update.bind(0, Micros.of(at)).bind(1, row.id.value()).execute();
      }
      Revisions.insert(handle, lane, row.lookup, at);
    }
    if (!rows.isEmpty()) {
      Audit.insert(
          handle, at, change.actor, change.action, realm.name().value(), change.target.toString());
    }
    return !rows.isEmpty();
  }

  /** What the audit table says of a change. */
  record Change(Actor actor, String action, TokenId target) {}
}
