package io.jeton.server.storage.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jeton.server.domain.Secret;
import io.jeton.server.storage.mysql.NodeLock.State;
import io.jeton.server.testing.MariaDbExtension;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodeLockTest {
  @RegisterExtension static final MariaDbExtension database = new MariaDbExtension();
  @RegisterExtension static final MariaDbExtension other = new MariaDbExtension();

  @Test
  void oneNodeHoldsADatabase_untilItEnds() {
    try (NodeLock first = lock(database);
        NodeLock second = lock(database);
        NodeLock elsewhere = lock(other)) {
      assertThat(first.check()).isEqualTo(State.HELD);
      assertThat(second.check()).isEqualTo(State.TAKEN);
      assertThat(elsewhere.check()).isEqualTo(State.HELD);
      assertThat(first.check()).isEqualTo(State.HELD);
      first.close();
      assertThat(second.check()).isEqualTo(State.HELD);
      assertThat(first.check()).isEqualTo(State.TAKEN);
    }
  }

  @Test
  void aLockWhoseConnectionDied_isTakenAgain_orFoundTaken() throws Exception {
    try (NodeLock first = lock(database);
        NodeLock second = lock(database)) {
      assertThat(first.check()).isEqualTo(State.HELD);
      killHolder();
      await().until(() -> first.check() == State.HELD);
      killHolder();
      await().until(() -> second.check() == State.HELD);
      assertThat(first.check()).isEqualTo(State.TAKEN);
    }
  }

  @Test
  void aDatabaseThatDoesNotAnswer_leavesItUnknown() {
    DatabaseAddress nowhere =
        new DatabaseAddress("jdbc:mysql://127.0.0.1:1/none", "nobody", Secret.of(""));
    try (NodeLock lock = NodeLock.of(nowhere)) {
      assertThat(lock.check()).isEqualTo(State.UNKNOWN);
    }
  }

  private static void killHolder() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET @holder = (SELECT IS_USED_LOCK(CONCAT('jeton:', DATABASE())))");
      statement.execute("EXECUTE IMMEDIATE CONCAT('KILL ', @holder)");
    }
  }

  private static NodeLock lock(MariaDbExtension database) {
    return NodeLock.of(
        new DatabaseAddress(database.jdbcUrl(), database.user(), database.password()));
  }
}
