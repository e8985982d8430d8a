package io.jeton.server.storage.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.testing.MariaDbExtension;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVariablesTest {
  @RegisterExtension static final MariaDbExtension database = new MariaDbExtension();

  private static final Map<String, String> RIGHT =
      Map.of(
          "version", "10.11.19-MariaDB-0+deb12u1",
          "read_only", "OFF",
          "innodb_flush_log_at_trx_commit", "1",
          "log_bin", "ON",
          "sync_binlog", "1",
          "binlog_format", "MIXED",
          "max_connections", "151",
          "max_user_connections", "0");

  @Test
  void whatTheTestsRunOn_isRightAsItIs() throws Exception {
    try (Connection connection = database.connect()) {
      ServerVariables variables = ServerVariables.read(connection);
      assertThat(variables.obstacle()).isEmpty();
      assertThat(variables.warnings(10)).isEmpty();
      assertThat(variables.warnings(100_000))
          .singleElement()
          .asString()
          .startsWith("max_connections is ")
          .endsWith(" (expected: at least 100000 for each node)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          innodb_flush_log_at_trx_commit | 2         | innodb_flush_log_at_trx_commit is 2 (expected: 1)
          sync_binlog                    | 0         | sync_binlog is 0 (expected: 1)
          max_connections                | 42        | max_connections is 42 (expected: at least 43 for each node)
          max_user_connections           | 20        | max_user_connections is 20 (expected: at least 43
          version                        | 8.4.2     | version 8.4.2 is not proved (expected: MariaDB 10.11 or newer)
          version                        | 10.6.1-MariaDB | is not proved
          wsrep_on                       | ON        | Galera is not proved
          """)
  void whatIsRisky_isAWarning(String name, String value, String warning) {
    ServerVariables variables = with(name, value);
    assertThat(variables.obstacle()).isEmpty();
    assertThat(variables.warnings(43)).singleElement().asString().contains(warning);
    assertThat(new ServerVariables(RIGHT).warnings(43)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "read_only, ON, it is read-only (expected: the primary)",
    "read_only, NO_LOCK_NO_ADMIN, it is read-only (expected: the primary)",
    "binlog_format, STATEMENT, 'its binlog_format is STATEMENT, under which it refuses every write"
        + " (expected: MIXED or ROW)'"
  })
  void whatNoNodeCanWorkWith_isAnObstacle(String name, String value, String obstacle) {
    assertThat(with(name, value).obstacle()).contains(obstacle);
    assertThat(new ServerVariables(RIGHT).obstacle()).isEmpty();
  }

  @Test
  void theBinaryLogsSettings_doNotMatter_withoutOne() {
    Map<String, String> values = new HashMap<>(RIGHT);
    values.put("log_bin", "OFF");
    values.put("sync_binlog", "0");
    values.put("binlog_format", "STATEMENT");
    assertThat(new ServerVariables(values).obstacle()).isEmpty();
    assertThat(new ServerVariables(values).warnings(43)).isEmpty();
  }

  private static ServerVariables with(String name, String value) {
    Map<String, String> values = new HashMap<>(RIGHT);
    values.put(name, value);
    return new ServerVariables(values);
  }
}
