package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.NewAccount;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Rotation.Outcome;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Samples;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Refreshes that are asked for at once share transactions. */
class RotateTogetherTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private static final String WAITS = "SELECT token_id, live, subject FROM token%";
  private static final int FAMILIES = 12;

  /** Whose row somebody else holds. */
  private static final int HELD = 7;

  private final List<Token> olds = new ArrayList<>();
  private final List<Lookup> touched = Collections.synchronizedList(new ArrayList<>());
  private Realm realm;

  @BeforeEach
  void insert() throws Exception {
    mysql.realms().ensure(Samples.realm("default"), NOW);
    realm = mysql.realms().all().get(0);
    for (int n = 1; n <= FAMILIES; n++) {
      Token old = Samples.token(realm, n, "old " + n, "subject " + n);
      mysql.tokenWriter().insert(old, false, Optional.empty(), ACTOR);
      olds.add(old);
    }
  }

  @Test
  void rotate_ofThoseWhoWait_isOneTransactionForSeveral() throws Exception {
    try (Gate gate = new Gate(mysql, WAITS)) {
      List<Future<?>> refreshes = gate.callBehind(FAMILIES, this::refreshing);
      int before = gate.commits();
      gate.open();
      for (Future<?> each : refreshes) {
        assertThat(each.get()).isEqualTo(Outcome.DONE);
      }

      // The two who came first are alone; those who waited are done by one or two of them.
      assertThat(gate.commits() - before).isBetween(3, 4);
    }
    for (int n = 1; n <= FAMILIES; n++) {
      assertThat(
              mysql.query(
                  """
                  SELECT CONCAT_WS(' ', live, revoke_time, spent_time, HEX(sealed_answer), seal_end)
                  FROM token WHERE token_id = %d"""
                      .formatted(n)))
          .containsExactly(
              Micros.of(at(n))
                  + " "
                  + Micros.of(at(n))
                  + (hasAnswer(n) ? " FF%02X %d".formatted(n, Micros.of(end(n))) : ""));
      assertThat(
              mysql.query(
                  "SELECT CONCAT_WS(' ', live, subject, (SELECT COUNT(*) FROM audit WHERE target = '%1$d'"
                          .formatted(100 + n)
                      + " AND action = 'RefreshToken' AND audit_time = "
                      + Micros.of(at(n))
                      + ")) FROM token WHERE token_id = "
                      + (100 + n)))
          .containsExactly("1 subject " + n + " 1");
      assertThat(touched).contains(olds.get(n - 1).lookup(), next(n).lookup());
    }
    assertThat(mysql.revisions())
        .containsExactlyInAnyOrderElementsOf(olds.stream().map(Token::lookup).toList());
  }

  @Test
  void rotate_ofARowThatSomebodyHolds_keepsNobodyElseWaiting() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT 1 FROM token WHERE token_id = " + HELD + " FOR UPDATE");
      Future<?> held = threads.submit(refreshing(HELD));
      Awaitility.await()
          .until(
              () ->
                  !mysql
                      .query(
                          "SELECT ID FROM information_schema.PROCESSLIST"
                              + " WHERE INFO LIKE 'SELECT token_id FROM token%FOR UPDATE'")
                      .isEmpty());

      List<Future<?>> others = new ArrayList<>();
      for (int n = 1; n <= FAMILIES; n++) {
        if (n != HELD) {
          others.add(threads.submit(refreshing(n)));
        }
      }
      for (Future<?> other : others) {
        assertThat(other.get(3, TimeUnit.SECONDS)).isEqualTo(Outcome.DONE);
      }
      assertThat(held).isNotDone();
      connection.rollback();
      assertThat(held.get()).isEqualTo(Outcome.DONE);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void rotate_ofADisabledAccount_isRefused_andTheOthersAreDone() throws Exception {
    for (int n = 1; n <= FAMILIES; n++) {
      account(n);
    }
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE token SET account_id = token_id");
      statement.execute("UPDATE account SET disable_time = 1 WHERE account_id = 5");
    }
    olds.replaceAll(RotateTogetherTest::withAccount);
    try (Gate gate = new Gate(mysql, WAITS)) {
      List<Future<?>> refreshes = gate.callBehind(FAMILIES, this::refreshing);
      int before = gate.commits();
      gate.open();
      for (int n = 1; n <= FAMILIES; n++) {
        assertThat(refreshes.get(n - 1).get()).isEqualTo(n == 5 ? Outcome.ENDED : Outcome.DONE);
      }
      assertThat(gate.commits() - before).isBetween(3, 4);
    }
  }

  @Test
  void rotate_doesTheOthers_whenARowWasSpentOrIsPresentedTwice() throws Exception {
    mysql.tokenWriter().revoke(realm, olds.get(2).id(), NOW, ACTOR, touched::add);
    try (Gate gate = new Gate(mysql, WAITS)) {
      // The thirteenth presents what the fourth presents.
      List<Future<?>> refreshes = gate.callBehind(FAMILIES + 1, this::refreshing);
      gate.open();
      for (int n = 1; n <= FAMILIES; n++) {
        if (n != 4) {
          assertThat(refreshes.get(n - 1).get()).isEqualTo(n == 3 ? Outcome.LOST : Outcome.DONE);
        }
      }
      assertThat(List.of(refreshes.get(3).get(), refreshes.get(FAMILIES).get()))
          .containsExactlyInAnyOrder(Outcome.DONE, Outcome.LOST);
    }
    assertThat(mysql.query("SELECT COUNT(*) FROM token WHERE live = 1"))
        .containsExactly("" + (FAMILIES - 1));
  }

  @Test
  void rotate_ofThoseWhoWait_failsForAll_andChangesNothing_whenTheDatabaseIsGone()
      throws Exception {
    try (Gate gate = new Gate(mysql, WAITS)) {
      List<Future<?>> refreshes = gate.callBehind(FAMILIES, this::refreshing);
      int tries = gate.killUntilDone(refreshes);

      for (Future<?> each : refreshes) {
        assertThatThrownBy(each::get)
            .cause()
            .isInstanceOfSatisfying(
                RefusedException.class,
                e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE));
      }
      assertThat(tries).isBetween(3, 4);
    }
    assertThat(mysql.query("SELECT COUNT(*) FROM token WHERE live = 1"))
        .containsExactly("" + FAMILIES);
    assertThat(mysql.query("SELECT COUNT(*) FROM token")).containsExactly("" + FAMILIES);
  }

  private Callable<?> refreshing(int n) {
    Token old = olds.get(n <= FAMILIES ? n - 1 : 3);
    Rotation rotation =
        new Rotation(
            old,
            next(n),
            Optional.empty(),
            Optional.of(new Rotation.Answer(old.id(), new byte[] {-1, (byte) n}, end(n)))
                .filter(answer -> hasAnswer(n)),
            false,
            at(n));
    return () -> mysql.tokenFamilies().rotate(rotation, ACTOR, touched::add);
  }

  private void account(int id) throws Exception {
    mysql
        .accounts()
        .create(
            realm,
            new NewAccount(
                Optional.of(new AccountId(id)),
                new Account.Names(
                    Optional.of("a" + id), Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                false,
                false,
                "{}"),
            NOW,
            ACTOR);
  }

  private static Token withAccount(Token token) {
    return token.with(
        token.attributes().with(new Ties("", new AccountId(token.id().value()), null, 0)));
  }

  private Token next(int n) {
    return Samples.token(realm, 100 + n, "next " + n, "subject " + n);
  }

  private static boolean hasAnswer(int n) {
    return n % 3 != 0;
  }

  private static Instant at(int n) {
    return NOW.plusSeconds(n);
  }

  private static Instant end(int n) {
    return NOW.plusSeconds(1_000 + n);
  }
}
