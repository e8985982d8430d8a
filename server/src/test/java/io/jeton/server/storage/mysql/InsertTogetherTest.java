package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Samples;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens that are issued at once share transactions; each has its own outcome all the same. */
class InsertTogetherTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private static final int THREADS = 24;
  private static final int ROUNDS = 40;
  private static final int ISSUERS = 12;
  private static final String WAITS = "INSERT INTO token%";

  @Test
  void insert_atOnce_addsEach_withItsRecord_andRefusesOnlyTheSecondOfAKey() throws Exception {
    Realm realm = realm();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Integer>> refused = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      refused.add(threads.submit(inserting(realm, thread)));
    }
    int refusals = 0;
    for (Future<Integer> each : refused) {
      refusals += each.get();
    }
    threads.shutdown();

    // In every round each pair of threads has one key: one of the two is refused.
    int added = THREADS * ROUNDS / 2;
    assertThat(refusals).isEqualTo(added);
    assertThat(mysql.query("SELECT COUNT(*) FROM token")).containsExactly("" + added);
    assertThat(
            mysql.query(
                """
                SELECT COUNT(*) FROM token t JOIN audit a ON a.target = CAST(t.token_id AS CHAR)
                WHERE a.action = 'IssueToken'"""))
        .containsExactly("" + added);
    assertThat(mysql.query("SELECT COUNT(*) FROM audit")).containsExactly("" + added);
    assertThat(mysql.query("SELECT COUNT(DISTINCT subject) FROM token"))
        .containsExactly("" + added);
  }

  @Test
  void insert_ofThoseWhoWait_isOneTransactionForSeveral() throws Exception {
    Realm realm = realm();
    try (Gate gate = new Gate(mysql, WAITS)) {
      List<Future<?>> issues = gate.callBehind(ISSUERS, n -> issuing(realm, n));
      int before = gate.commits();
      gate.open();
      for (Future<?> each : issues) {
        each.get();
      }

      // The two who came first are alone; those who waited are added by one or two of them.
      assertThat(gate.commits() - before).isBetween(3, 4);
    }
    assertThat(mysql.query("SELECT COUNT(*) FROM token")).containsExactly("" + ISSUERS);
  }

  @Test
  void insert_ofThoseWhoWait_failsForAllOfThemAtOnce_whenTheDatabaseIsGone() throws Exception {
    Realm realm = realm();
    try (Gate gate = new Gate(mysql, WAITS)) {
      List<Future<?>> issues = gate.callBehind(ISSUERS, n -> issuing(realm, n));
      int tries = gate.killUntilDone(issues);

      for (Future<?> each : issues) {
        assertThatThrownBy(each::get)
            .cause()
            .isInstanceOfSatisfying(
                RefusedException.class,
                e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE));
      }
      // Those who waited have shared one or two; nobody has had another alone.
      assertThat(tries).isBetween(3, 4);
    }
    assertThat(mysql.query("SELECT COUNT(*) FROM token")).containsExactly("0");
  }

  private static Realm realm() throws SQLException {
    mysql.realms().ensure(Samples.realm("default"), NOW);
    return mysql.realms().all().get(0);
  }

  private static Callable<?> issuing(Realm realm, int id) {
    return () -> {
      mysql
          .tokenWriter()
          .insert(Samples.token(realm, id, "key " + id, "subject"), false, Optional.empty(), ACTOR);
      return id;
    };
  }

  private static Callable<Integer> inserting(Realm realm, int thread) {
    return () -> {
      int refusals = 0;
      for (int round = 0; round < ROUNDS; round++) {
        String key = "round " + round + " of pair " + thread / 2;
        int id = 1 + round * THREADS + thread;
        try {
          mysql
              .tokenWriter()
              .insert(Samples.token(realm, id, key, key), false, Optional.empty(), ACTOR);
        } catch (RefusedException e) {
          refusals++;
        }
      }
      return refusals;
    };
  }
}
