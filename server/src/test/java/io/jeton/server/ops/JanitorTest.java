package io.jeton.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Samples;
import io.jeton.server.testing.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the janitor does when the database refuses. */
class JanitorTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private final SettableClock clock = new SettableClock(Samples.NOW);

  @Test
  void kindThatCannotBeRemoved_keepsNoOtherFromGoing_andIsTriedAgain() throws Exception {
    Janitor janitor =
        new Janitor(
            mysql.store().retention(),
            new Janitor.Kept(Duration.ofDays(90), Duration.ofDays(400)),
            () -> true,
            new NodeMetrics(),
            clock);
    execute(
        """
        INSERT INTO token SET token_id = 1, realm_id = 1, lookup = REPEAT('l', 32), live = 1,
          kind = 'access', subject = '', scopes = '', app_id = '', issue_time = 1,
          expire_time = 2""");
    execute(
        """
        INSERT INTO audit (audit_time, caller_id, action, realm, target, address, request_id,
          result) VALUES (1, 0, 'a', '', '', '', '', 'OK')""");
    execute(
        """
        CREATE TRIGGER refuse BEFORE DELETE ON token FOR EACH ROW
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not now'""");
    clock.advance(Duration.ofMinutes(5));
    try {
      janitor.run();
      assertThat(mysql.query("SELECT token_id FROM token")).hasSize(1);
      assertThat(mysql.query("SELECT audit_id FROM audit")).isEmpty();
      assertThat(janitor.lastSuccess()).isEqualTo(Samples.NOW);
    } finally {
      execute("DROP TRIGGER refuse");
    }

    janitor.run();
    assertThat(mysql.query("SELECT token_id FROM token")).isEmpty();
    assertThat(janitor.lastSuccess()).isEqualTo(clock.instant());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
