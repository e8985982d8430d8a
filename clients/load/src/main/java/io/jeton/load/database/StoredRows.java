package io.jeton.load.database;

import io.jeton.load.child.BenchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.LongConsumer;

/**
 * Writes tokens into the table {@code token} past the server, which would take an hour for ten
 * million: the database makes up their secrets ({@link StoredSecrets}) and digests itself.
 */
public final class StoredRows {
  private static final int BATCH = 10_000;
  private static final String INSERT =
      """
      INSERT INTO token (token_id, realm_id, lookup, live, kind, subject, scopes, app_id,
                         issue_time, expire_time, issuer, epoch)
      SELECT n + 1, realm_id,
             UNHEX(SHA2(CONCAT(UNHEX('000764656661756C740000'),
                               UNHEX(SHA2(CONCAT('%s', LPAD(n, %d, '0')), 256))), 256)),
             1, 'access', CONCAT('u', n %% 100000), 'profile write', '', ?, ? + (n - ?) * ?, '', epoch
      FROM (SELECT seq + ? AS n FROM seq_0_to_%d WHERE seq < ?) AS numbers
      JOIN realm ON realm.name = 'default'"""
          .formatted(StoredSecrets.WORD, StoredSecrets.DIGITS, BATCH - 1);

  private final DatabaseLogin database;

  /** Rows of this database, in which a server has made its tables. */
  public StoredRows(DatabaseLogin database) {
    this.database = database;
  }

  /** Adds the tokens from one number up to another, which end in 30 days. Blocks. */
  public void add(int begin, int end, LongConsumer progress) {
    long later = nowMicros() + 30L * 24 * 3600 * 1_000_000;
    add(begin, end, later, 0, progress);
  }

  /**
   * Adds tokens that end one after the other. Blocks.
   *
   * @param fromMicros when the first ends
   * @param everyMicros how much later each next one does
   */
  public void add(int begin, int end, long fromMicros, long everyMicros, LongConsumer progress) {
    try (Connection connection = database.open();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int first = begin; first < end; first += BATCH) {
        int count = Math.min(BATCH, end - first);
        insert.setLong(1, nowMicros());
        insert.setLong(2, fromMicros);
        insert.setLong(3, begin);
        insert.setLong(4, everyMicros);
        insert.setLong(5, first);
        insert.setLong(6, count);
        if (insert.executeUpdate() != count) {
          throw new BenchException("the database did not add as many rows as it should");
        }
        progress.accept(count);
      }
    } catch (SQLException e) {
      throw new BenchException("rows cannot be written: " + e.getMessage(), e);
    }
  }

  private static long nowMicros() {
    return System.currentTimeMillis() * 1000;
  }
}
