package io.jeton.server.storage.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One statement on one new connection to an embedded database. */
final class Jdbc {
  private Jdbc() {}

  static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    execute(database.jdbcUrl(), database.password().reveal(), sql);
  }

  static void execute(String url, String password, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "jeton", password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of every row. */
  static List<String> query(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.user(), database.password().reveal());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
