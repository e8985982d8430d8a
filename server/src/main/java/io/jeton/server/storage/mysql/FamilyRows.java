package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.TokenId;
import io.jeton.server.feed.Lane;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Locks the rows of a family, and ends them. */
final class FamilyRows {
  static final String FIRST = "SELECT token_id FROM token WHERE token_id = ? FOR UPDATE";

  private static final String AT_ONCE =
      "SELECT token_id, live, subject FROM token WHERE token_id IN (%s) FOR UPDATE SKIP LOCKED";

  static final String LIVE =
      "SELECT token_id, lookup FROM token WHERE family_id = ? AND live = 1 FOR UPDATE";

  /** What is sealed in a live row is erased when it ends. */
  static final String ENDED =
      "UPDATE token SET live = NULL, revoke_time = ?, sealed_partner = NULL, sealed_answer = NULL,"
          + " seal_end = NULL";

  static final String END = ENDED + " WHERE token_id = ? AND live = 1";

  private FamilyRows() {}

  /** A live row. */
  record Row(TokenId id, Lookup lookup) {}

  /** Locks the family's first row, which every change of the family begins with. */
  static void lock(Handle handle, TokenId family) {
    try (Query query = handle.createQuery(FIRST)) {
      query.bind(0, family.value()).mapTo(Long.class).findOne();
    }
  }

  /**
   * Locks those of several rows that can be locked at once, and tells the subject of each that is
   * live; of those that have ended, nothing.
   */
  static Map<Long, Optional<String>> lockAtOnce(Handle handle, List<TokenId> rows) {
    List<Long> ids = rows.stream().map(TokenId::value).distinct().sorted().toList();
    Map<Long, Optional<String>> locked = new HashMap<>();
    Parts.of(
        ids,
        part -> {
          try (Query query = handle.createQuery(lockAtOnce(part.size()))) {
            for (int i = 0; i < part.size(); i++) {
              query.bind(i, part.get(i));
            }
            query
                .map((row, context) -> new Locked(row.getLong(1), subject(row)))
                .forEach(row -> locked.put(row.id, row.subject));
          }
        });
    return locked;
  }

  private record Locked(long id, Optional<String> subject) {}

  private static Optional<String> subject(ResultSet row) throws SQLException {
    return row.getInt(2) == 1 ? Optional.of(TokenRows.text(row.getBytes(3))) : Optional.empty();
  }

  static String lockAtOnce(int count) {
    return AT_ONCE.formatted(Parts.places(count));
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

  /** Ends the live rows of a family whose first row is locked; answers how many. */
  static int end(
      Handle handle,
      Lane lane,
      Realm realm,
      TokenId family,
      Instant at,
      Change change,
      Consumer<Lookup> touched) {
    int ended = endRows(handle, lane, family, at, touched);
    if (ended > 0) {
      record(handle, realm, at, change);
    }
    return ended;
  }

  /** Ends a row without a family if it is live; answers how many. */
  static int endAlone(
      Handle handle,
      Lane lane,
      Realm realm,
      Row row,
      Instant at,
      Change change,
      Consumer<Lookup> touched) {
    touched.accept(row.lookup);
    int ended = end(handle, row, at);
    if (ended > 0) {
      Revisions.insert(handle, lane, row.lookup, at);
      record(handle, realm, at, change);
    }
    return ended;
  }

  private static int end(Handle handle, Row row, Instant at) {
    try (Update update = handle.createUpdate(END)) {
      return update.bind(0, Micros.of(at)).bind(1, row.id.value()).execute();
    }
  }

  private static void record(Handle handle, Realm realm, Instant at, Change change) {
    Audit.insert(
        handle, at, change.actor, change.action, realm.name().value(), change.target.toString());
  }

  /** Does so without a record; answers how many rows ended. */
  static int endRows(
      Handle handle, Lane lane, TokenId family, Instant at, Consumer<Lookup> touched) {
    List<Row> rows = live(handle, family);
    for (Row row : rows) {
      touched.accept(row.lookup);
      end(handle, row, at);
      Revisions.insert(handle, lane, row.lookup, at);
    }
    return rows.size();
  }

  /** What the audit table says of a change. */
  record Change(Actor actor, String action, TokenId target) {}
}
