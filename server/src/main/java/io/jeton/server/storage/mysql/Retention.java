package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Micros;
import java.time.Instant;

/**
 * Removes and erases what nobody can need any more, a small indexed batch at a time. Safe for use
 * by several threads; blocks.
 */
public final class Retention {
  private static final int BATCH = 500;

  static final String REQUESTS =
      "DELETE FROM remembered_request WHERE expire_time <= ? ORDER BY expire_time LIMIT " + BATCH;
  static final String REVISIONS =
      "DELETE FROM revision WHERE change_time < ? ORDER BY change_time LIMIT " + BATCH;
  static final String SEALS =
      "UPDATE token SET sealed_partner = NULL, sealed_answer = NULL, seal_end = NULL"
          + " WHERE seal_end <= ? ORDER BY seal_end LIMIT "
          + BATCH;

  static final String REVOKED_JTIS =
      "DELETE FROM revoked_jti WHERE until <= ? ORDER BY until LIMIT " + BATCH;

  static final String SESSIONS =
      "DELETE FROM session WHERE expire_time <= ? ORDER BY expire_time LIMIT " + BATCH;

  static final String AUDIT =
      "DELETE FROM audit WHERE audit_time < ? ORDER BY audit_time LIMIT " + BATCH;

  private final Transactions transactions;
  private final SweepTokens tokens;

  Retention(Transactions transactions) {
    this.transactions = transactions;
    this.tokens = new SweepTokens(transactions);
  }

  /**
   * Looks at the next tokens, 500 a stretch, and removes those that were over at this instant;
   * answers how many. One thread at a time.
   */
  public int sweepTokens(Instant before, int stretches) {
    return tokens.run(before, stretches);
  }

  /** Removes records of changes from before this instant; answers how many. */
  public int forgetAudit(Instant before) {
    return drain(AUDIT, before);
  }

  /** Removes remembered requests that have expired at this instant; answers how many. */
  public int forgetRequests(Instant now) {
    return drain(REQUESTS, now);
  }

  /** Removes revisions from before this instant; answers how many. */
  public int forgetRevisions(Instant before) {
    return drain(REVISIONS, before);
  }

  /** Erases what is sealed in rows of tokens and is no longer owed at this instant. */
  public int eraseSeals(Instant now) {
    return drain(SEALS, now);
  }

  /** Removes notes of tokens revoked elsewhere whose end has come at this instant; how many. */
  public int forgetRevokedJtis(Instant now) {
    return drain(REVOKED_JTIS, now);
  }

  /** Removes sessions that have expired at this instant; answers how many. */
  public int forgetSessions(Instant now) {
    return drain(SESSIONS, now);
  }

  private int drain(String sql, Instant time) {
    int total = 0;
    int removed = BATCH;
    // An interrupted thread stops after a whole batch.
    for (; removed == BATCH && !Thread.currentThread().isInterrupted(); total += removed) {
      removed = transactions.write(handle -> handle.execute(sql, Micros.of(time)));
    }
    return total;
  }
}
