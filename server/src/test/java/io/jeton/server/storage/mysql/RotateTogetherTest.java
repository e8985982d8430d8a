package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Rotation.Outcome;
import io.jeton.server.domain.Token;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Refreshes that are asked for at once share transactions. */
class RotateTogetherTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private static final String WAITS = "SELECT token_id FROM token WHERE token_id%FOR UPDATE";
  private static final int FAMILIES = 12;

  private final List<Token> olds = new ArrayList<>();
  private final List<Lookup> touched = Collections.synchronizedList(new ArrayList<>());
  private Realm realm;

  @BeforeEach
  void insert() throws Exception {
    mysql.realms().ensure(Samples.realm("default"), NOW);
    realm = mysql.realms().all().get(0);
    for (int n = 1; n <= FAMILIES; n++) {
      Token old = Samples.token(realm, n, "old " + n, "subject");
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
    assertThat(mysql.query("SELECT COUNT(*) FROM token WHERE live = 1 AND token_id > 100"))
        .containsExactly("" + FAMILIES);
    assertThat(
            mysql.query("SELECT COUNT(*) FROM token WHERE live IS NULL AND spent_time IS NOT NULL"))
        .containsExactly("" + FAMILIES);
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
    Token old = olds.get(n - 1);
    Token next = Samples.token(realm, 100 + n, "next " + n, "subject");
    Rotation rotation = new Rotation(old, next, Optional.empty(), Optional.empty(), false, NOW);
    return () -> mysql.tokenFamilies().rotate(rotation, ACTOR, touched::add);
  }
}
