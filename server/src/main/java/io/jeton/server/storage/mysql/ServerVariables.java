package io.jeton.server.storage.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a database server is set to, and what that means for a node. Immutable.
 *
 * <p>The names are those of MariaDB's and MySQL's lists of server variables.
 */
final class ServerVariables {
  private static final Pattern MARIADB = Pattern.compile("(\\d+)\\.(\\d+)\\..*MARIADB.*");

  private final Map<String, String> values;

  ServerVariables(Map<String, String> values) {
    this.values = values;
  }

  /** Reads them; any user may. Blocks. */
  static ServerVariables read(Connection connection) throws SQLException {
    Map<String, String> values = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SHOW GLOBAL VARIABLES WHERE Variable_name IN (
                  'version', 'read_only', 'innodb_flush_log_at_trx_commit', 'log_bin',
                  'sync_binlog', 'binlog_format', 'max_connections', 'max_user_connections',
                  'wsrep_on')""")) {
      while (rows.next()) {
        values.put(rows.getString(1), rows.getString(2));
      }
    }
    return new ServerVariables(values);
  }

  /** Why no node can work with this server. */
  Optional<String> obstacle() {
    if (isOn("read_only")) {
      return Optional.of("it is read-only (expected: the primary)");
    }
    if (isOn("log_bin") && value("binlog_format").equals("STATEMENT")) {
      return Optional.of(
          "its binlog_format is STATEMENT, under which it refuses every write"
              + " (expected: MIXED or ROW)");
    }
    return Optional.empty();
  }

  /**
   * What an operator should know: each is one line.
   *
   * @param connections how many a node may use
   */
  List<String> warnings(int connections) {
    List<String> warnings = new ArrayList<>();
    if (!value("innodb_flush_log_at_trx_commit").equals("1")) {
      warnings.add(
          "innodb_flush_log_at_trx_commit is %s (expected: 1): its crash loses what was answered"
              .formatted(value("innodb_flush_log_at_trx_commit")));
    }
    if (isOn("log_bin") && !value("sync_binlog").equals("1")) {
      warnings.add(
          "sync_binlog is %s (expected: 1): after its crash replicas may lack what was answered"
              .formatted(value("sync_binlog")));
    }
    for (String name : List.of("max_connections", "max_user_connections")) {
      // 0 is no limit.
      if (number(name) > 0 && number(name) < connections) {
        warnings.add(
            "%s is %s (expected: at least %d for each node)"
                .formatted(name, value(name), connections));
      }
    }
    if (!isProved()) {
      warnings.add(
          "version %s is not proved (expected: MariaDB 10.11 or newer)"
              .formatted(value("version")));
    }
    if (isOn("wsrep_on")) {
      warnings.add("Galera is not proved (expected: one server, or a primary with replicas)");
    }
    return warnings;
  }

  private boolean isProved() {
    Matcher version = MARIADB.matcher(value("version"));
    if (!version.matches()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    return major > 10 || (major == 10 && Integer.parseInt(version.group(2)) >= 11);
  }

  /**
   * A variable of more values than two, such as newer ones of read_only, is on unless it is off.
   */
  private boolean isOn(String name) {
    return switch (value(name)) {
      case "", "OFF", "0" -> false;
      default -> true;
    };
  }

  private long number(String name) {
    return value(name).matches("\\d{1,18}") ? Long.parseLong(value(name)) : 0;
  }

  private String value(String name) {
    return values.getOrDefault(name, "").toUpperCase(Locale.ROOT);
  }
}
