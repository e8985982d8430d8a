package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AnonymousTokens;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** How many tokens about nobody an issuer has. */
final class CountAnonymous implements AnonymousTokens {
  /**
   * Of a pair the token alone, not the refresh secret beside it. Of the groups that were ended
   * those count that such tokens usually are of: the realm, and the kind access.
   */
  static final String COUNT =
      """
      SELECT COUNT(*) FROM (
        SELECT 1 FROM token
        WHERE realm_id = ? AND live = 1 AND subject = '' AND issuer = ? AND partner_id IS NULL
          AND (expire_time IS NULL OR expire_time > ? OR family_end > ?)
          AND epoch >= COALESCE(
            (SELECT MAX(e.epoch) FROM epoch e
             WHERE e.realm_id = ? AND (e.axis = 1 AND e.name = '' OR e.axis = 5 AND e.name = 'access')),
            0)
        LIMIT ?) some""";

  private final Transactions transactions;

  CountAnonymous(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public long count(Realm realm, String issuer, Instant now, long most) {
    return transactions.read(
        handle ->
            handle
                .createQuery(COUNT)
                .bind(0, realm.id())
                .bind(1, issuer.getBytes(StandardCharsets.UTF_8))
                .bind(2, Micros.of(now))
                .bind(3, Micros.of(now))
                .bind(4, realm.id())
                .bind(5, most)
                .mapTo(Long.class)
                .one());
  }
}
