package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Samples;
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

  @Test
  void insert_atOnce_addsEach_withItsRecord_andRefusesOnlyTheSecondOfAKey() throws Exception {
    mysql.realms().ensure(Samples.realm("default"), NOW);
    Realm realm = mysql.realms().all().get(0);
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
