package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.feed.Lanes;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreFailuresTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private ConnectionPool pool;
  private Jdbi jdbi;
  private Transactions transactions;

  @BeforeEach
  void open() {
    pool = ConnectionPool.open(mysql.address(), 1);
    jdbi = Jdbi.create(pool);
    transactions = new Transactions(jdbi, new Lanes(new Revisions(jdbi, () -> NOW)));
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1213, STORE_CONFLICT",
    "1205, STORE_CONFLICT",
    "1020, STORE_CONFLICT",
    "3101, STORE_CONFLICT",
    "3019, STORE_FULL",
    "3032, STORE_UNAVAILABLE",
    "1037, STORE_UNAVAILABLE",
    "1041, STORE_UNAVAILABLE",
    "1044, STORE_UNAVAILABLE",
    "1129, STORE_UNAVAILABLE",
    "1130, STORE_UNAVAILABLE",
    "1135, STORE_UNAVAILABLE",
    "1142, STORE_UNAVAILABLE",
    "1143, STORE_UNAVAILABLE",
    "1665, STORE_UNAVAILABLE",
    "1969, STORE_UNAVAILABLE",
    "3024, STORE_UNAVAILABLE",
    "3100, STORE_UNAVAILABLE",
    "3159, STORE_UNAVAILABLE",
    "1021, STORE_FULL",
    "1026, STORE_FULL",
    "1114, STORE_FULL",
    "1290, STORE_UNAVAILABLE",
    "1836, STORE_UNAVAILABLE",
    "1792, STORE_UNAVAILABLE",
    "1040, STORE_UNAVAILABLE",
    "1045, STORE_UNAVAILABLE",
    "1047, STORE_UNAVAILABLE",
    "1053, STORE_UNAVAILABLE",
    "1203, STORE_UNAVAILABLE",
    "1226, STORE_UNAVAILABLE",
    "1317, STORE_UNAVAILABLE",
    "1927, STORE_UNAVAILABLE"
  })
  void serversErrors_areRefusals_thatKeepTheCause(int code, Refusal refusal) {
    String signal = "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = " + code;

    for (Throwable thrown :
        new Throwable[] {
          catchThrowable(() -> transactions.write(handle -> handle.execute(signal))),
          catchThrowable(() -> transactions.read(handle -> handle.execute(signal)))
        }) {
      assertThat(thrown).isInstanceOf(RefusedException.class);
      assertThat(((RefusedException) thrown).refusal()).isEqualTo(refusal);
      assertThat(StoreFailures.sqlException(thrown).orElseThrow().getErrorCode()).isEqualTo(code);
    }
  }

  /** The driver takes it for the connection's end. */
  @Test
  void aConnectionThatTheServerDroppedForIdleness_isUnavailable() {
    String signal = "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 4031";

    Throwable thrown = catchThrowable(() -> transactions.write(handle -> handle.execute(signal)));

    assertThat(((RefusedException) thrown).refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE);
    int answer = transactions.read(StoreFailuresTest::one);
    assertThat(answer).isEqualTo(1);
  }

  /** What an operator reads is what the program does. */
  @Test
  void thePage_namesEveryError() throws IOException {
    Pattern row = Pattern.compile("(?m)^\\| ((?:\\d{4} ?)+).*`[A-Z_]+ (STORE_[A-Z]+)` \\|$");
    Matcher rows = row.matcher(Files.readString(Path.of("docs/external-database.md")));
    Map<String, Set<Integer>> shown = new TreeMap<>();
    while (rows.find()) {
      Arrays.stream(rows.group(1).split(" "))
          .map(Integer::valueOf)
          .forEach(shown.computeIfAbsent(rows.group(2), key -> new TreeSet<>())::add);
    }

    Set<Integer> unavailable = new TreeSet<>(StoreFailures.UNAVAILABLE);
    unavailable.addAll(StoreFailures.READ_ONLY);
    assertThat(shown)
        .isEqualTo(
            Map.of(
                "STORE_CONFLICT", new TreeSet<>(StoreFailures.CONFLICT),
                "STORE_FULL", new TreeSet<>(StoreFailures.FULL),
                "STORE_UNAVAILABLE", unavailable));
  }

  @Test
  void renewedPool_leavesNoConnectionFromBefore() {
    long before = transactions.read(StoreFailuresTest::connectionId);
    pool.renew();
    long after = transactions.read(StoreFailuresTest::connectionId);

    assertThat(after).isNotEqualTo(before);
    assertThat(pool.state().opened()).isEqualTo(2);
    assertThat(pool.state().active()).isZero();
  }

  @Test
  void errorsOfTheProgram_areThrownAsTheyAre() {
    Throwable thrown =
        catchThrowable(() -> transactions.read(handle -> handle.execute("SELECT * FROM absent")));

    assertThat(thrown).isNotNull().isNotInstanceOf(RefusedException.class);
    assertThat(StoreFailures.sqlException(thrown).orElseThrow().getErrorCode()).isEqualTo(1146);
  }

  @ParameterizedTest
  @CsvSource({
    "token, PRIMARY, 'token_id, realm_id, lookup, live, kind, subject, scopes, app_id, issue_time',"
        + " '1, 1, REPEAT(''a'', 32), 1, '''', '''', '''', '''', 0',"
        + " '1, 1, REPEAT(''b'', 32), 1, '''', '''', '''', '''', 0'",
    "token, token_lookup,"
        + " 'token_id, realm_id, lookup, live, kind, subject, scopes, app_id, issue_time',"
        + " '1, 1, REPEAT('''''''', 32), 1, '''', '''', '''', '''', 0',"
        + " '2, 1, REPEAT('''''''', 32), 1, '''', '''', '''', '''', 0'",
    "caller, caller_name, 'name, key_digest, create_time', '''x'', REPEAT(''a'', 32), 0',"
        + " '''x'', REPEAT(''b'', 32), 0'",
    "caller, caller_key, 'name, key_digest, create_time', '''x'', REPEAT(''a'', 32), 0',"
        + " '''y'', REPEAT(''a'', 32), 0'",
    "remembered_request, PRIMARY,"
        + " 'caller_id, request_id, fingerprint, sealed_answer, expire_time',"
        + " '1, ''it''''s'', '''', '''', 0', '1, ''it''''s'', '''', '''', 0'"
  })
  void duplicateKey_namesTheIndex(
      String table, String key, String columns, String first, String second) {
    String insert = "INSERT INTO " + table + " (" + columns + ") VALUES (";
    transactions.write(handle -> handle.execute(insert + first + ")"));

    Throwable thrown =
        catchThrowable(() -> transactions.write(handle -> handle.execute(insert + second + ")")));

    assertThat(thrown).isNotInstanceOf(RefusedException.class);
    assertThat(StoreFailures.duplicateKey(thrown)).contains(key);
  }

  @Test
  void duplicateKey_isEmpty_forOtherErrors() {
    Throwable thrown =
        catchThrowable(() -> transactions.write(handle -> handle.execute("SELECT * FROM absent")));

    assertThat(StoreFailures.duplicateKey(thrown)).isEmpty();
    assertThat(StoreFailures.duplicateKey(new IllegalStateException())).isEmpty();
  }

  @Test
  void killedConnection_isUnavailable_andReplacedForTheNextCall() {
    Throwable thrown =
        catchThrowable(
            () ->
                transactions.read(
                    handle -> {
                      Connections.kill(mysql, handle);
                      return one(handle);
                    }));

    assertThat(thrown).isInstanceOf(RefusedException.class);
    assertThat(((RefusedException) thrown).refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE);
    int answer = transactions.read(StoreFailuresTest::one);
    assertThat(answer).isEqualTo(1);
  }

  @Test
  void exhaustedPool_isUnavailable_withinASecond() {
    try (Handle all = jdbi.open()) {
      assertThat(one(all)).isEqualTo(1);
      for (Throwable thrown :
          new Throwable[] {
            refusedInTime(() -> transactions.read(StoreFailuresTest::one)),
            refusedInTime(() -> transactions.write(StoreFailuresTest::one)),
            refusedInTime(() -> transactions.writeInLane((handle, lane) -> one(handle)))
          }) {
        assertThat(thrown).isInstanceOf(RefusedException.class);
        assertThat(((RefusedException) thrown).refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE);
      }
    }
    int answer = transactions.writeInLane((handle, lane) -> one(handle));
    assertThat(answer).isEqualTo(1);
  }

  @Test
  void oneConnection_isEnough_forEveryWrite() throws Exception {
    mysql.realms().ensure(Samples.realm("default"), NOW);
    Realm realm = mysql.realms().all().get(0);
    try (MySqlStore small = MySqlStore.open(mysql.address(), 1, () -> NOW)) {
      Token token = Samples.token(realm, 1, "T1");
      small.tokenWriter().insert(token, true, Optional.empty(), ACTOR);
      assertThat(small.tokenWriter().revoke(realm, token.id(), NOW, ACTOR, touched -> {}))
          .isPresent();
    }
    assertThat(mysql.revisions()).hasSize(2);
  }

  /** What a call throws, given that it throws within a second, some time for a busy machine. */
  private static Throwable refusedInTime(ThrowingCallable call) {
    long begin = System.nanoTime();
    Throwable thrown = catchThrowable(call);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1_400));
    return thrown;
  }

  private static long connectionId(Handle handle) {
    return handle.createQuery("SELECT CONNECTION_ID()").mapTo(Long.class).one();
  }

  private static int one(Handle handle) {
    return handle.createQuery("SELECT 1").mapTo(Integer.class).one();
  }
}
