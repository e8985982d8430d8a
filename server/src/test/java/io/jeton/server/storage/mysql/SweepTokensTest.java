package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Micros;
import io.jeton.server.storage.MySqlStoreExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows of tokens go, and which never do. */
class SweepTokensTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private static final long OVER = Micros.of(NOW) - 1;
  private static final long LATER = Micros.of(NOW);

  private static final String REFUSE_THE_FIRST =
      """
      CREATE TRIGGER refuse BEFORE DELETE ON token FOR EACH ROW
        IF OLD.token_id = 1 THEN
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not now';
        END IF""";

  @Test
  void tokens_goWhenTheirEndHasPassed_andNotAnInstantEarlier() throws Exception {
    insert(1, "live = 1, expire_time = " + OVER);
    insert(2, "live = 1, expire_time = " + LATER);
    insert(3, "live = NULL, revoke_time = 1, expire_time = " + OVER);

    assertThat(sweep()).isEqualTo(2);
    assertThat(ids()).containsExactly("2");
    assertThat(sweep()).isZero();
  }

  @Test
  void tokensWithoutAnEnd_stay_revokedOnesToo() throws Exception {
    insert(1, "live = 1");
    insert(2, "live = NULL, revoke_time = 1");

    assertThat(sweep()).isZero();
  }

  @Test
  void revokedToken_staysUntilItsOwnEnd_soThatNoImportBringsItBack() throws Exception {
    insert(1, "live = NULL, revoke_time = 1, imported_id = 7, expire_time = " + LATER);

    assertThat(sweep()).isZero();
  }

  @Test
  void tokenOfAnOriginalServer_stays() throws Exception {
    insert(1, "live = NULL, revoke_time = 1, foreign_jti = 'j', expire_time = " + OVER);

    assertThat(sweep()).isZero();
  }

  @Test
  void licence_staysWhileItsEndCanBeMoved() throws Exception {
    insert(1, "live = 1, module_id = 1, expire_time = " + OVER);
    insert(2, "live = NULL, revoke_time = 1, module_id = 1, expire_time = " + OVER);

    assertThat(sweep()).isEqualTo(1);
    assertThat(ids()).containsExactly("1");
  }

  @Test
  void family_goesWhole_whenAllOfItIsOver() throws Exception {
    String over = ", family_id = 1, family_end = " + OVER;
    insert(1, "live = 1, expire_time = " + OVER + over);
    insert(2, "live = NULL, spent_time = 1, partner_id = 1" + over);
    insert(3, "live = 1, partner_id = 1" + over);
    insert(9, "live = 1, expire_time = " + LATER);

    assertThat(sweep()).isEqualTo(3);
    assertThat(ids()).containsExactly("9");
  }

  @Test
  void family_staysWhole_whileARefreshMayCome() throws Exception {
    String family = ", family_id = 1, family_end = " + LATER;
    insert(1, "live = 1, expire_time = " + OVER + family);
    insert(2, "live = NULL, spent_time = 1, partner_id = 1" + family);

    assertThat(sweep()).isZero();
  }

  @Test
  void family_staysWhole_whileOneOfItsTokensLives() throws Exception {
    String family = ", family_id = 1, family_end = " + OVER;
    insert(1, "live = NULL, spent_time = 1, expire_time = " + OVER + family);
    insert(2, "live = 1, expire_time = " + LATER + family);
    insert(3, "live = 1" + family);

    assertThat(sweep()).isZero();
    assertThat(ids()).hasSize(3);
  }

  @Test
  void largeFamily_goesInSeveralTransactions_theLiveRowsFirst_theFirstRowLast() throws Exception {
    insertFamily(1_200);
    execute(REFUSE_THE_FIRST);
    try {
      assertThatThrownBy(SweepTokensTest::sweep).hasStackTraceContaining("not now");
      assertThat(ids()).hasSize(200).contains("1");
      assertThat(mysql.query("SELECT token_id FROM token WHERE live = 1")).isEmpty();
    } finally {
      execute("DROP TRIGGER refuse");
    }

    // What a crash had left is found again.
    assertThat(sweep() + sweep()).isEqualTo(200);
    assertThat(ids()).isEmpty();
  }

  @Test
  void largeFamily_whoseTokenIsExtendedMeanwhile_keepsItAndWhatIsLeft() throws Exception {
    insertFamily(1_700);
    execute("UPDATE token SET live = 1, spent_time = NULL, partner_id = NULL WHERE token_id = 1");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Connection holder = mysql.connect();
        Statement holding = holder.createStatement()) {
      // The first transaction waits there, with the first row locked.
      holder.setAutoCommit(false);
      holding.execute("SELECT 1 FROM token WHERE token_id = 1000 FOR UPDATE");
      Future<Integer> swept = threads.submit(SweepTokensTest::sweep);
      awaitAtTheDatabase("DELETE FROM token%");
      Future<?> extended =
          threads.submit(
              () -> {
                execute("UPDATE token SET expire_time = " + LATER + " WHERE token_id = 1");
                return null;
              });
      awaitAtTheDatabase("UPDATE token SET expire_time%");
      holder.rollback();

      extended.get();
      assertThat(swept.get()).isEqualTo(500);
    } finally {
      threads.shutdown();
    }
    assertThat(ids()).hasSize(1_200).contains("1");
  }

  private static void awaitAtTheDatabase(String statement) {
    Awaitility.await()
        .until(
            () ->
                !mysql
                    .query(
                        "SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE '"
                            + (statement + "'"))
                    .isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 501, 1_000, 1_001})
  void family_goesWhole_howeverLarge(int rows) throws Exception {
    insertFamily(rows);

    assertThat(sweep()).isEqualTo(rows);
    assertThat(ids()).isEmpty();
  }

  @Test
  void familyThatCannotBeRemoved_keepsNoLaterTokenFromGoing() throws Exception {
    insertFamily(2);
    insertMany(9, 700);
    execute(REFUSE_THE_FIRST);
    try {
      assertThatThrownBy(SweepTokensTest::sweep).hasStackTraceContaining("not now");
      assertThat(ids()).contains("700");

      sweep();
      assertThat(ids()).contains("1", "2").doesNotContain("700");
    } finally {
      execute("DROP TRIGGER refuse");
    }
    assertThat(sweep()).isEqualTo(2);
  }

  @Test
  void manyTokens_areSweptAStretchAtATime_fromWhereItStopped() throws Exception {
    insertMany(1, 1_300);

    assertThat(mysql.store().retention().sweepTokens(NOW, 1)).isEqualTo(250);
    assertThat(mysql.store().retention().sweepTokens(NOW, 1)).isEqualTo(250);
    assertThat(mysql.store().retention().sweepTokens(NOW, 1)).isEqualTo(150);
    assertThat(ids()).hasSize(650);
    assertThat(sweep()).isZero();
  }

  @Test
  void interruptedSweep_stops() throws Exception {
    insertMany(1, 10);
    Thread.currentThread().interrupt();

    assertThat(sweep()).isZero();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(sweep()).isEqualTo(5);
  }

  private static int sweep() {
    return mysql.store().retention().sweepTokens(NOW, 100);
  }

  private static List<String> ids() throws SQLException {
    return mysql.query("SELECT token_id FROM token ORDER BY token_id");
  }

  private static void insert(long id, String columns) throws SQLException {
    execute(
        "INSERT INTO token SET token_id = %1$d, realm_id = 1, lookup = UNHEX(SHA2('%1$d', 256)),"
                .formatted(id)
            + " kind = 'access', subject = '', scopes = '', app_id = '', issue_time = 1, "
            + columns);
  }

  /** The last is its live refresh secret. */
  private static void insertFamily(int rows) throws SQLException {
    insertRows(
        "expire_time, live, spent_time, partner_id, family_id, family_end",
        LongStream.rangeClosed(1, rows)
            .mapToObj(
                id ->
                    row(id, id == 1 ? OVER : "NULL", id == rows ? 1 : "NULL")
                        + ", 1, 1, 1, %d)".formatted(OVER)));
  }

  /** Every second of them is over. */
  private static void insertMany(long from, long to) throws SQLException {
    insertRows(
        "expire_time, live",
        LongStream.rangeClosed(from, to)
            .mapToObj(id -> row(id, id % 2 == 0 ? OVER : LATER, 1) + ")"));
  }

  private static String row(long id, Object expireTime, Object live) {
    return "(%1$d, 1, UNHEX(SHA2('%1$d', 256)), 'access', '', '', '', 1, %2$s, %3$s"
        .formatted(id, expireTime, live);
  }

  private static void insertRows(String columns, Stream<String> rows) throws SQLException {
    execute(
        rows.collect(
            Collectors.joining(
                ", ",
                "INSERT INTO token (token_id, realm_id, lookup, kind, subject, scopes, app_id,"
                    + (" issue_time, " + columns + ") VALUES "),
                "")));
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
