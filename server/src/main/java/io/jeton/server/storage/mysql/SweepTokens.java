package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Micros;
import io.jeton.server.domain.TokenId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Removes the rows of tokens that have been over for long, a stretch of ids at a time, from where
 * the last stretch ended and from the beginning again after the last. It walks the primary key: an
 * index on the ends of tokens would cost every issue. One thread at a time; blocks.
 *
 * <p>A row is over when its token and its family have passed their ends: nothing could pass without
 * it that does not pass with it. So a revoked token without an end stays, and one that came from an
 * original server. A licence stays until it is revoked, since its end can be moved. The rows of a
 * family go once all of them are over, because a spent refresh secret must be known as such as long
 * as the family lives.
 *
 * <p>A large family takes several transactions, and may be left half removed by a crash. The live
 * rows, without which nothing is refreshed, go with the first of them. The first row, which every
 * change of the family locks and this finds it by, goes with the last: it may be a live token whose
 * end is moved in between, and then the rest stays.
 */
final class SweepTokens {
  private static final int STRETCH = 500;

  /** Whether a row is over at an instant. */
  private static final String IS_OVER =
      """
      COALESCE(
        COALESCE(expire_time, IF(partner_id IS NOT NULL OR live IS NULL, family_end, NULL)) < :before
          AND COALESCE(family_end, expire_time) < :before
          AND foreign_jti IS NULL AND (module_id IS NULL OR live IS NULL), FALSE)""";

  static final String NEXT =
      "SELECT token_id, family_id, "
          + IS_OVER
          + " AS is_over FROM token WHERE token_id > :after ORDER BY token_id LIMIT "
          + STRETCH;

  /** The function keeps it to the primary key: the index of families was chosen otherwise. */
  static final String DELETE_ALONE =
      "DELETE FROM token WHERE token_id IN (<ids>) AND COALESCE(family_id, 0) = 0 AND " + IS_OVER;

  static final String STAYS =
      "SELECT 1 FROM token WHERE family_id = :family AND NOT " + IS_OVER + " LIMIT 1";

  static final String FIRST_STAYS =
      "SELECT 1 FROM token WHERE token_id = :family AND NOT " + IS_OVER;

  static final String DELETE_MEMBERS =
      "DELETE FROM token WHERE family_id = :family AND token_id <> :family"
          + " ORDER BY live DESC LIMIT "
          + STRETCH;

  static final String DELETE_FIRST = "DELETE FROM token WHERE token_id = :family";

  private final Transactions transactions;
  private long after;

  SweepTokens(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Looks at so many stretches at the most, or at all once; answers how many rows it removed.
   *
   * @param before what was over then goes
   */
  int run(Instant before, int stretches) {
    int removed = 0;
    for (int i = 0; i < stretches && !Thread.currentThread().isInterrupted(); i++) {
      List<Row> rows = next(before);
      removed += removeAlone(rows, before);
      for (Row row : rows) {
        if (row.isOver && row.family.filter(family -> family == row.id).isPresent()) {
          // One that cannot be removed must not keep the sweep from all that follow it.
          after = row.id;
          removed += removeFamily(row.id, before);
        }
      }
      if (rows.size() < STRETCH) {
        after = 0;
        return removed;
      }
      after = rows.get(rows.size() - 1).id;
    }
    return removed;
  }

  private List<Row> next(Instant before) {
    return transactions.read(
        handle -> {
          try (Query query = handle.createQuery(NEXT)) {
            return query
                .bind("after", after)
                .bind("before", Micros.of(before))
                .map(
                    (row, context) ->
                        new Row(
                            row.getLong(1),
                            Optional.ofNullable(row.getObject(2))
                                .map(id -> ((Number) id).longValue()),
                            row.getBoolean(3)))
                .list();
          }
        });
  }

  private int removeAlone(List<Row> rows, Instant before) {
    List<Long> ids =
        rows.stream().filter(row -> row.isOver && row.family.isEmpty()).map(Row::id).toList();
    return ids.isEmpty()
        ? 0
        : transactions.write(
            handle ->
                handle
                    .createUpdate(DELETE_ALONE)
                    .bindList("ids", ids)
                    .bind("before", Micros.of(before))
                    .execute());
  }

  private int removeFamily(long family, Instant before) {
    int removed = removeUnless(STAYS, family, before);
    for (int last = removed; last == STRETCH && !Thread.currentThread().isInterrupted(); ) {
      last = removeUnless(FIRST_STAYS, family, before);
      removed += last;
    }
    return removed;
  }

  /** Removes some rows of a family in one transaction, unless a question says that it stays. */
  private int removeUnless(String stays, long family, Instant before) {
    return transactions.write(
        handle -> {
          FamilyRows.lock(handle, new TokenId(family));
          return isThere(handle, stays, family, before) ? 0 : removeRows(handle, family);
        });
  }

  /** Removes some rows of a family, the first with the last of the others; answers how many. */
  private static int removeRows(Handle handle, long family) {
    int members = handle.createUpdate(DELETE_MEMBERS).bind("family", family).execute();
    return members == STRETCH
        ? members
        : members + handle.createUpdate(DELETE_FIRST).bind("family", family).execute();
  }

  private static boolean isThere(Handle handle, String sql, long family, Instant before) {
    try (Query query = handle.createQuery(sql)) {
      return query
          .bind("family", family)
          .bind("before", Micros.of(before))
          .mapTo(Integer.class)
          .findOne()
          .isPresent();
    }
  }

  private record Row(long id, Optional<Long> family, boolean isOver) {}
}
