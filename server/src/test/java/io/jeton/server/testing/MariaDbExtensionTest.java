package io.jeton.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MariaDbExtensionTest {
  @RegisterExtension static final MariaDbExtension one = new MariaDbExtension();
  @RegisterExtension static final MariaDbExtension other = new MariaDbExtension();

  @Test
  void eachClass_hasDatabaseOfItsOwn() throws SQLException {
    try (Connection connection = one.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INT PRIMARY KEY)");
      assertThat(tables(one)).isEqualTo(1);
      assertThat(tables(other)).isZero();
      one.clear();
      assertThat(tables(one)).isZero();
    }
  }

  private static int tables(MariaDbExtension database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
