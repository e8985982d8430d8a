package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.feed.Lane;
import io.jeton.server.feed.Lanes;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Race;
import io.jeton.server.storage.Samples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transactions that number their changes. */
class LaneTransactionsTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private static final Lookup CHANGED = Lookup.of(new byte[Lookup.LENGTH]);

  private HikariDataSource pool;
  private Transactions transactions;

  @BeforeEach
  void open() {
    pool = ConnectionPool.open(mysql.address(), 18);
    transactions = over(pool);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void numbers_becomeVisibleInOrder_under16Threads() throws Exception {
    AtomicInteger writing = new AtomicInteger(16);
    List<Set<List<Long>>> followed = new ArrayList<>();

    var outcomes =
        Race.run(
            17,
            n ->
                () -> {
                  if (n == 16) {
                    followed.add(follow(writing));
                    return n;
                  }
                  try {
                    for (int i = 0; i < 50; i++) {
                      int questions = (n + i) % 4;
                      transactions.writeInLane((handle, lane) -> change(handle, lane, questions));
                    }
                  } finally {
                    writing.decrementAndGet();
                  }
                  return n;
                });

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    // A number that became visible behind a follower's back would be missing here.
    assertThat(followed.get(0)).hasSize(16 * 50).isEqualTo(rows());
    assertThat(mysql.query("SELECT COUNT(DISTINCT lane_id) FROM revision").get(0))
        .satisfies(lanes -> assertThat(Integer.parseInt(lanes)).isBetween(1, 16));
    assertThat(
            mysql.query(
                "SELECT lane_id FROM revision WHERE lane_id NOT IN (SELECT lane_id FROM lane)"))
        .isEmpty();
  }

  @Test
  void lane_isUsedAgain_afterACommit() {
    assertThat(write()).isEqualTo(write());
  }

  @Test
  void lane_isUsedAgain_afterAFailure_withLargerNumbers() throws Exception {
    long lane = write();
    assertThatThrownBy(
            () ->
                transactions.writeInLane(
                    (handle, each) -> {
                      change(handle, each, 0);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(write()).isEqualTo(lane);
    assertThat(rows()).containsExactlyInAnyOrder(List.of(lane, 1L), List.of(lane, 3L));
  }

  @Test
  void lane_isUsedAgain_afterADeadlock() throws Exception {
    long lane = write();
    AtomicBoolean first = new AtomicBoolean(true);
    long retried =
        transactions.writeInLane(
            (handle, each) -> {
              change(handle, each, 0);
              if (first.getAndSet(false)) {
                handle.execute("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213");
              }
              return each.id();
            });

    assertThat(retried).isEqualTo(lane);
    assertThat(rows()).containsExactlyInAnyOrder(List.of(lane, 1L), List.of(lane, 3L));
  }

  @Test
  void lane_isUsedAgain_whenTheConnectionWasLostBeforeTheCommitWasSent() throws Exception {
    long lane = write();
    assertUnavailable(
        () ->
            transactions.writeInLane(
                (handle, each) -> {
                  change(handle, each, 0);
                  Connections.kill(mysql, handle);
                  return change(handle, each, 1);
                }));

    assertThat(write()).isEqualTo(lane);
    assertThat(rows()).containsExactlyInAnyOrder(List.of(lane, 1L), List.of(lane, 4L));
  }

  @Test
  void lane_isNeverUsedAgain_whenTheConnectionIsLostAtTheCommit() throws Exception {
    long lane = write();
    assertUnavailable(
        () ->
            transactions.writeInLane(
                (handle, each) -> {
                  change(handle, each, 0);
                  Connections.kill(mysql, handle);
                  return each.id();
                }));

    assertThat(write()).isNotEqualTo(lane).isEqualTo(write());
    assertThat(rows()).filteredOn(row -> row.get(0) == lane).containsExactly(List.of(lane, 1L));
  }

  @Test
  void lane_isNeverUsedAgain_whenTheCommitsAnswerIsLost_thoughItHappened() throws Exception {
    AtomicBoolean losing = new AtomicBoolean();
    Transactions losable = over(losingAnswers(pool, losing));
    long lane = losable.writeInLane((handle, each) -> change(handle, each, 0));
    AtomicLong lost = new AtomicLong();
    losing.set(true);
    assertUnavailable(
        () ->
            losable.writeInLane(
                (handle, each) -> {
                  lost.set(each.id());
                  return change(handle, each, 0);
                }));
    losing.set(false);

    assertThat(lost.get()).isEqualTo(lane);
    assertThat(rows()).contains(List.of(lane, 2L));
    long next = losable.writeInLane((handle, each) -> change(handle, each, 0));
    assertThat(next).isNotEqualTo(lane);
  }

  @Test
  void deadlockedTransactions_bothSucceed() throws Exception {
    mysql.realms().ensure(Samples.realm("a"), NOW);
    mysql.realms().ensure(Samples.realm("b"), NOW);
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger attempts = new AtomicInteger();

    var outcomes =
        Race.run(
            2,
            n ->
                () -> {
                  AtomicBoolean first = new AtomicBoolean(true);
                  return transactions.writeInLane(
                      (handle, lane) -> {
                        attempts.incrementAndGet();
                        later(handle, n == 0 ? "a" : "b");
                        if (first.getAndSet(false)) {
                          await(bothHoldOne);
                        }
                        later(handle, n == 0 ? "b" : "a");
                        return change(handle, lane, 0);
                      });
                });

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(attempts.get()).isGreaterThanOrEqualTo(3);
    long micros = Micros.of(NOW);
    assertThat(mysql.query("SELECT create_time FROM realm"))
        .containsOnly(Long.toString(micros + 2))
        .hasSize(2);
    assertThat(rows()).hasSize(2);
  }

  @Test
  void deadlockThatComesBack_isRefusedAsAConflict() {
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(
            () ->
                transactions.write(
                    handle -> {
                      attempts.incrementAndGet();
                      return handle.execute("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213");
                    }))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE_CONFLICT));
    assertThat(attempts.get()).isEqualTo(6);
  }

  private long write() {
    return transactions.writeInLane((handle, lane) -> change(handle, lane, 0));
  }

  /** Numbers a change and answers its lane; some questions more keep the transaction open. */
  private static long change(Handle handle, Lane lane, int questions) {
    Revisions.insert(handle, lane, CHANGED, NOW);
    for (int i = 0; i < questions; i++) {
      handle.createQuery("SELECT 1").mapTo(Integer.class).one();
    }
    return lane.id();
  }

  private static void later(Handle handle, String realm) {
    handle.execute("UPDATE realm SET create_time = create_time + 1 WHERE name = ?", realm);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Transactions over(DataSource source) {
    Jdbi jdbi = Jdbi.create(source);
    return new Transactions(jdbi, new Lanes(new Revisions(jdbi, () -> NOW)));
  }

  /** Remembers one number a lane, and only asks for what is behind it. */
  private static Set<List<Long>> follow(AtomicInteger writing) throws SQLException {
    Set<List<Long>> seen = new HashSet<>();
    Map<Long, Long> cursors = new HashMap<>();
    try (Connection connection = mysql.connect();
        PreparedStatement lanes = connection.prepareStatement("SELECT lane_id FROM lane");
        PreparedStatement behind =
            connection.prepareStatement(
                "SELECT sequence FROM revision WHERE lane_id = ? AND sequence > ?"
                    + " ORDER BY sequence")) {
      for (boolean last = false; !last; ) {
        last = writing.get() == 0;
        try (ResultSet lane = lanes.executeQuery()) {
          while (lane.next()) {
            behind.setLong(1, lane.getLong(1));
            behind.setLong(2, cursors.getOrDefault(lane.getLong(1), 0L));
            try (ResultSet row = behind.executeQuery()) {
              while (row.next()) {
                cursors.put(lane.getLong(1), row.getLong(1));
                assertThat(seen.add(List.of(lane.getLong(1), row.getLong(1)))).isTrue();
              }
            }
          }
        }
      }
    }
    return seen;
  }

  /** Lane and number of every revision. */
  private static Set<List<Long>> rows() throws SQLException {
    Set<List<Long>> rows = new HashSet<>();
    try (Connection connection = mysql.connect();
        PreparedStatement all =
            connection.prepareStatement("SELECT lane_id, sequence FROM revision");
        ResultSet row = all.executeQuery()) {
      while (row.next()) {
        rows.add(List.of(row.getLong(1), row.getLong(2)));
      }
    }
    return rows;
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE));
  }

  /** Connections that commit and then say that the network failed. */
  private static DataSource losingAnswers(DataSource source, AtomicBoolean losing) {
    return proxy(
        DataSource.class,
        source,
        (method, result) ->
            method.equals("getConnection")
                ? proxy(
                    Connection.class,
                    (Connection) result,
                    (inner, value) -> {
                      if (inner.equals("commit") && losing.get()) {
                        throw new SQLNonTransientConnectionException("link failure", "08S01");
                      }
                      return value;
                    })
                : result);
  }

  /** Sees the result of a method that was carried out. */
  private interface After {
    Object apply(String method, Object result) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T target, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return after.apply(method.getName(), method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
