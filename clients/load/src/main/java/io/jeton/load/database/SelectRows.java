package io.jeton.load.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * F3: one point select by the {@code BINARY(32)} key a statement, of rows picked uniformly. Safe
 * for use by several threads.
 */
final class SelectRows implements Work {
  private static final String SELECT =
      """
      SELECT subject, token_id, realm_id, lookup, kind, scopes, app_id, name, issue_time, expire_time,
             revoke_time, issuer, account_id, family_id, family_end, signing_key_id, module_id,
             sub_module_id, machine, epoch, renewed_kind
      FROM token WHERE lookup = ? AND live = 1""";

  /** How many keys are picked before the time runs, so that no time goes into digests. */
  private static final int PICKS = 1 << 18;

  private final int rows;
  private final int threads;
  private final long seed;

  SelectRows(int rows, int threads, long seed) {
    this.rows = rows;
    this.threads = threads;
    this.seed = seed;
  }

  @Override
  public Step on(Connection connection, int thread) throws SQLException {
    SplittableRandom random = new SplittableRandom(seed * 1009 + thread);
    StoredSecrets secrets = new StoredSecrets(rows);
    int[] tokens = random.ints(Math.max(1, PICKS / threads), 0, rows).toArray();
    byte[][] lookups = Arrays.stream(tokens).mapToObj(secrets::lookup).toArray(byte[][]::new);
    PreparedStatement select = connection.prepareStatement(SELECT);
    int[] next = {0};
    return () -> {
      int pick = next[0]++ % tokens.length;
      select.setBytes(1, lookups[pick]);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && Arrays.equals(row.getBytes(1), StoredSecrets.subject(tokens[pick]));
      }
    };
  }
}
