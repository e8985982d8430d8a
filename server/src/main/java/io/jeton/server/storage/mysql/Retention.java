package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Micros;
import java.time.Instant;

/**
 * Removes what nobody can need any more, a small indexed batch at a time. Safe for use by several
 * threads; blocks.
 */
public final class Retention {
  private static final int BATCH = 500;

  static final String REQUESTS =
      "DELETE FROM remembered_request WHERE expire_time <= ? ORDER BY expire_time LIMIT " + BATCH;
  static final String REVISIONS =
      "DELETE FROM revision WHERE change_time < ? ORDER BY change_time LIMIT " + BATCH;

  static final String REVOKED_JTIS =
      "DELETE FROM revoked_jti WHERE until <= ? ORDER BY until LIMIT " + BATCH;

  private final Transactions transactions;

  Retention(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Removes remembered requests that have expired at this instant; answers how many. */
  public int forgetRequests(Instant now) {
    return drain(REQUESTS, now);
  }

  /** Removes revisions from before this instant; answers how many. */
  public int forgetRevisions(Instant before) {
    return drain(REVISIONS, before);
  }

  /** Removes notes of tokens revoked elsewhere whose end has come at this instant; how many. */
  public int forgetRevokedJtis(Instant now) {
    return drain(REVOKED_JTIS, now);
  }

  private int drain(String sql, Instant time) {
    int total = 0;
    for (int removed = BATCH; removed == BATCH; total += removed) {
      removed = transactions.write(handle -> handle.execute(sql, Micros.of(time)));
    }
    return total;
  }
}
