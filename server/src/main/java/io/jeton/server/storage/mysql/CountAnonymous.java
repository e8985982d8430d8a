package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AnonymousTokens;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * How many tokens about nobody an issuer has, counted in stretches of ids: however many there are,
 * no question lasts longer than any other.
 */
final class CountAnonymous implements AnonymousTokens {
  /** How many rows are looked at with one question. */
  static final int STRETCH = 5_000;

  /**
   * Of a pair the token alone, not the refresh secret beside it. Of the groups that were ended
   * those count that such tokens usually are of: the realm, and the kind access.
   */
  static final String COUNT =
      """
      SELECT COALESCE(SUM(counts), 0), COUNT(*), MAX(token_id) FROM (
        SELECT token_id,
               issuer = ? AND partner_id IS NULL AND issue_time <= ?
                 AND (expire_time IS NULL OR expire_time > ? OR family_end > ?)
                 AND epoch >= COALESCE(
                   (SELECT MAX(e.epoch) FROM epoch e
                    WHERE e.realm_id = ?
                      AND (e.axis = 1 AND e.name = '' OR e.axis = 5 AND e.name = 'access')),
                   0) AS counts
        FROM token
        WHERE realm_id = ? AND live = 1 AND subject = '' AND token_id > ?
        ORDER BY token_id LIMIT ?) stretch""";

  private final Transactions transactions;

  CountAnonymous(Transactions transactions) {
    this.transactions = transactions;
  }

  /** A part of them. */
  private record Stretch(long found, int rows, long last) {}

  @Override
  public long count(Realm realm, String issuer, Instant now, long most) {
    long found = 0;
    Stretch stretch = new Stretch(0, STRETCH, 0);
    while (stretch.rows == STRETCH && found < most) {
      long after = stretch.last;
      stretch = transactions.read(handle -> stretch(handle, realm, issuer, now, after));
      found += stretch.found;
    }
    return Math.min(found, most);
  }

  private static Stretch stretch(
      Handle handle, Realm realm, String issuer, Instant now, long after) {
    long micros = Micros.of(now);
    try (Query query = handle.createQuery(COUNT)) {
      return query
          .bind(0, issuer.getBytes(StandardCharsets.UTF_8))
          .bind(1, micros)
          .bind(2, micros)
          .bind(3, micros)
          .bind(4, realm.id())
          .bind(5, realm.id())
          .bind(6, after)
          .bind(7, STRETCH)
          .map((row, context) -> new Stretch(row.getLong(1), row.getInt(2), row.getLong(3)))
          .one();
    }
  }
}
