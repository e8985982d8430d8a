package io.jeton.server.contract;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Follows the audit table of a node: what was changed since the last look. The ends of families and
 * the making of keys are left out, as is what administrators did as others: they are written later
 * or besides. For use by one thread; blocks.
 */
final class AuditTrail implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement query;
  private long last;

  AuditTrail(ContractNode node) throws Exception {
    this.connection = node.connect();
    this.query =
        connection.prepareStatement(
            """
            SELECT audit_id, action FROM audit
            WHERE audit_id > ? AND action NOT IN ('RevokeFamily', 'CreateSigningKey', 'ActAs')
            ORDER BY audit_id""");
    next();
  }

  /** The names of the changes, in their order, each followed by a blank. */
  String next() throws SQLException {
    query.setLong(1, last);
    StringBuilder actions = new StringBuilder();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        last = rows.getLong(1);
        actions.append(rows.getString(2)).append(' ');
      }
    }
    return actions.toString();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
