package io.jeton.load.database;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * F4: one durable insert a statement, committed by itself, into a table of the same shape as {@code
 * token}. Safe for use by several threads.
 */
final class InsertRows implements Work {
  private static final String TABLE = "CREATE TABLE IF NOT EXISTS bench_token LIKE token";
  private static final String LAST = "SELECT COALESCE(MAX(token_id), 0) FROM bench_token";
  private static final String INSERT =
      """
      INSERT INTO bench_token (token_id, realm_id, lookup, live, kind, subject, scopes, app_id,
                               issue_time, expire_time, issuer, epoch)
      VALUES (?, 1, ?, 1, 'access', ?, 'profile write', '', ?, ?, '', 0)""";
  private static final long DAYS_30 = 30L * 24 * 3600 * 1_000_000;

  private final AtomicLong lastId;

  /** Makes the table if it is not there yet. Blocks. */
  InsertRows(DatabaseLogin database) throws SQLException {
    try (Connection connection = database.open();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      try (ResultSet last = statement.executeQuery(LAST)) {
        last.next();
        lastId = new AtomicLong(last.getLong(1));
      }
    }
  }

  @Override
  public Step on(Connection connection, int thread) throws SQLException {
    PreparedStatement insert = connection.prepareStatement(INSERT);
    // Look-ups are digests: new in every round, and of no order.
    SplittableRandom random = new SplittableRandom();
    return () -> {
      long id = lastId.incrementAndGet();
      long now = System.currentTimeMillis() * 1000;
      ByteBuffer lookup = ByteBuffer.allocate(32);
      while (lookup.hasRemaining()) {
        lookup.putLong(random.nextLong());
      }
      insert.setLong(1, id);
      insert.setBytes(2, lookup.array());
      insert.setBytes(3, StoredSecrets.subject(id));
      insert.setLong(4, now);
      insert.setLong(5, now + DAYS_30);
      return insert.executeUpdate() == 1;
    };
  }
}
