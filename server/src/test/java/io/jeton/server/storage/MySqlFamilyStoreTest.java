package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Binding;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.Rotation.Outcome;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Token;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MySqlFamilyStoreTest extends FamilyStoreContract {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private static final AccountId FIVE = new AccountId(5);
  private static final AccountId SIX = new AccountId(6);

  @Override
  StoreUnderTest store() {
    return mysql;
  }

  @Override
  void endAlone(Token token) throws SQLException {
    execute("UPDATE token SET live = NULL, revoke_time = 1 WHERE token_id = " + token.id());
  }

  @BeforeEach
  void makeAccount() throws Exception {
    execute(
        "INSERT INTO account (realm_id, account_id, profile, create_time, update_time) VALUES ("
            + realm("default").id()
            + ", 5, '{}', 1, 1)");
  }

  @AfterEach
  void removeAccount() throws SQLException {
    execute("DELETE FROM account");
  }

  @Test
  void insert_needsTheAccount_toBeThereAndActive() throws Exception {
    insert(member(1, 1, "A", "5", FIVE));
    assertRefused(Refusal.ACCOUNT_NOT_FOUND, () -> insert(member(2, 2, "B", "6", SIX)));
    for (String column : List.of("disable_time", "ban_time")) {
      execute("UPDATE account SET " + column + " = 7");
      assertRefused(Refusal.ACCOUNT_INACTIVE, () -> insert(member(3, 3, "C", "5", FIVE)));
      execute("UPDATE account SET " + column + " = NULL");
    }
    assertThat(mysql.query("SELECT token_id FROM token")).containsExactly("1");
  }

  @Test
  void rotate_ofAnInactiveAccount_changesNothing() throws Exception {
    Token old = insert(member(1, 1, "A", "5", FIVE));
    execute("UPDATE account SET ban_time = 7");

    assertThat(rotate(itself(old, member(2, 1, "B", "5", FIVE), Optional.empty())))
        .isEqualTo(Outcome.ENDED);
    assertThat(find(old.lookup()).token().isRevoked()).isFalse();
    assertThat(mysql.query("SELECT token_id FROM token")).containsExactly("1");
  }

  @Test
  void bind_toAnAccount_needsItActive() throws Exception {
    insert(member(1, 1, "A", ""));
    assertRefused(Refusal.ACCOUNT_NOT_FOUND, () -> bind(1, Binding.to(SIX, Scopes.NONE)));
    execute("UPDATE account SET disable_time = 7");
    assertRefused(Refusal.ACCOUNT_INACTIVE, () -> bind(1, Binding.to(FIVE, Scopes.NONE)));
    execute("UPDATE account SET disable_time = NULL");

    Token bound = bind(1, Binding.to(FIVE, Scopes.NONE)).orElseThrow();

    assertThat(bound.ties().accountId()).contains(FIVE);
    assertThat(bound.subject()).isEqualTo("5");
    assertThat(mysql.query("SELECT account_id FROM token")).containsExactly("5");
  }

  /** A ban that is under way: whoever wants a token of the account waits, and then gets none. */
  @Test
  void insert_waitsForABan_andIsThenRefused() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Connection ban = mysql.connect();
        Statement statement = ban.createStatement()) {
      ban.setAutoCommit(false);
      statement.execute("UPDATE account SET ban_time = 7 WHERE account_id = 5");

      Future<?> issue =
          executor.submit(
              () ->
                  assertRefused(
                      Refusal.ACCOUNT_INACTIVE, () -> insert(member(1, 1, "A", "5", FIVE))));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  !mysql
                      .query(
                          "SELECT id FROM information_schema.processlist"
                              + " WHERE info LIKE 'SELECT disable_time%'")
                      .isEmpty());
      ban.commit();

      issue.get(20, TimeUnit.SECONDS);
    } finally {
      executor.shutdownNow();
    }
    assertThat(mysql.query("SELECT token_id FROM token")).isEmpty();
  }

  @Test
  void janitor_erasesSeals_atTheirEnd_andLeavesTheOthers() throws Exception {
    Token old = insert(member(1, 1, "A", "alice"));
    rotate(itself(old, member(2, 1, "B", "alice"), Optional.of(NOW.plusSeconds(10))));
    Token partner = member(3, 3, "C", "alice");
    store()
        .tokenWriter()
        .insertPair(partner, refresh(4, partner, "R"), false, Optional.empty(), ACTOR);

    assertThat(mysql.store().retention().eraseSeals(NOW.plusSeconds(10).minusNanos(1_000)))
        .isZero();
    assertThat(sealed()).containsExactly("1", "4");
    assertThat(mysql.store().retention().eraseSeals(NOW.plusSeconds(10))).isEqualTo(1);
    assertThat(sealed()).containsExactly("4");
    assertThat(find(old.lookup()).spentTime()).contains(NOW);
    assertThat(mysql.store().retention().eraseSeals(NOW.plusSeconds(1_000))).isEqualTo(1);
    assertThat(sealed()).isEmpty();
  }

  private static List<String> sealed() throws SQLException {
    return mysql.query(
        "SELECT token_id FROM token WHERE sealed_answer IS NOT NULL OR sealed_partner IS NOT NULL"
            + " OR seal_end IS NOT NULL ORDER BY token_id");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
