package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Axis;
import io.jeton.server.domain.Licence;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenGroup;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Judges rows of the table {@code token} against the table {@code epoch}. */
final class EpochRows {
  static final String HOLD = "SELECT epoch FROM realm WHERE realm_id = ? LOCK IN SHARE MODE";

  private static final String FIRST_END =
      """
      SELECT MIN(revoke_time) FROM epoch
      WHERE realm_id = ?
        AND (axis = 1 AND name = '' OR axis = 2 AND name = ? OR axis = 3 AND name = ?
             OR axis = 4 AND name = ? OR axis = 5 AND name IN (?, ?))
        AND\s""";

  /** When a row was ended with a group that it is of. */
  static final String END = FIRST_END + "epoch > ?";

  /** Whether a group was ended after a time, or at it. */
  static final String END_SINCE = FIRST_END + "revoke_time >= ?";

  static final String TAKEN =
      """
      SELECT token_id, realm_id, subject, app_id, module_id, kind, epoch, renewed_kind FROM token
      WHERE lookup = ? AND live = 1""";

  private EpochRows() {}

  /**
   * What groups a row is of.
   *
   * @param moduleId 0: it is no licence
   * @param renewedKind of a refresh secret: its token's kind; empty: it is none
   */
  private record Row(
      int realmId, String subject, String appId, int moduleId, String kind, String renewedKind) {
    static Row of(Token token) {
      Licence licence = token.licence();
      return new Row(
          token.realm().id(),
          token.subject(),
          token.appId(),
          licence == null ? 0 : licence.module().moduleId(),
          token.kind(),
          token.renewedKind());
    }
  }

  /**
   * The condition that a row of the table {@code token} has not been ended with a group that it is
   * of, by what the row is called in the statement. One look-up for each axis: a question with OR
   * would read every end of the realm.
   */
  static String alive(String row) {
    return notEnded(row, Axis.REALM, "''")
        + " AND "
        + notEnded(row, Axis.SUBJECT, row + ".subject")
        + " AND "
        + notEnded(row, Axis.APPLICATION, row + ".app_id")
        + " AND "
        + notEnded(row, Axis.MODULE, "CAST(" + row + ".module_id AS CHAR)")
        + " AND "
        + notEnded(row, Axis.KIND, row + ".kind");
  }

  private static String notEnded(String row, Axis axis, String name) {
    return "NOT EXISTS (SELECT 1 FROM epoch WHERE epoch.realm_id = "
        + row
        + ".realm_id AND epoch.axis = "
        + axis.number()
        + " AND epoch.name = "
        + name
        + " AND epoch.epoch > "
        + row
        + ".epoch)";
  }

  /**
   * The realm's epoch, which stays until the transaction ends: whoever wants to end a group waits.
   * Comes after the locks of the account and of the family, before those of other tokens.
   */
  static int hold(Handle handle, Realm realm) {
    try (Query query = handle.createQuery(HOLD)) {
      return query.bind(0, realm.id()).mapTo(Integer.class).one();
    }
  }

  /** When a token was first ended with a group that it is of, as far as is known. */
  static Optional<Instant> endOf(Handle handle, Token token) {
    return ask(handle, END, Row.of(token), token.epoch());
  }

  /** Whether a group that a token is of was ended since the token was issued. */
  static boolean isEndedSinceIssue(Handle handle, Token token) {
    return ask(handle, END_SINCE, Row.of(token), Micros.of(token.issueTime())).isPresent();
  }

  /**
   * Ends the live row of a key, if it was ended with a group that it is of, so that the key is free
   * again; answers whether it was. Locks nothing otherwise: of many who want a taken key at once,
   * each holds a share of its lock, and they would wait for one another.
   */
  static boolean free(Handle handle, Lookup lookup) {
    return handle
        .createQuery(TAKEN)
        .bind(0, lookup.bytes())
        .map(
            (row, context) -> {
              Row taken =
                  new Row(
                      row.getInt(2),
                      TokenRows.text(row.getBytes(3)),
                      TokenRows.text(row.getBytes(4)),
                      row.getInt(5),
                      TokenRows.text(row.getBytes(6)),
                      Optional.ofNullable(row.getBytes(8)).map(TokenRows::text).orElse(""));
              long id = row.getLong(1);
              return ask(handle, END, taken, row.getInt(7))
                  .filter(end -> handle.execute(FamilyRows.END, Micros.of(end), id) == 1);
            })
        .findOne()
        .flatMap(end -> end)
        .isPresent();
  }

  private static Optional<Instant> ask(Handle handle, String sql, Row row, long bound) {
    try (Query query = handle.createQuery(sql)) {
      return query
          .bind(0, row.realmId)
          .bind(1, TokenRows.bytes(row.subject))
          .bind(2, TokenRows.bytes(row.appId))
          .bind(3, TokenRows.bytes(TokenGroup.ofModule(row.moduleId).name()))
          .bind(4, TokenRows.bytes(row.kind))
          .bind(5, TokenRows.bytes(row.renewedKind))
          .bind(6, bound)
          .map((found, context) -> TokenRows.time(found, 1))
          .one();
    }
  }
}
