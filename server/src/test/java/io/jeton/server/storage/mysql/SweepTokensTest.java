package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Micros;
import io.jeton.server.storage.MySqlStoreExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which rows of tokens go, and which never do. */
class SweepTokensTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private static final long OVER = Micros.of(NOW) - 1;
  private static final long LATER = Micros.of(NOW);

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
  void manyTokens_areSweptAStretchAtATime_fromWhereItStopped() throws Exception {
    insertMany(1_300);

    assertThat(mysql.store().retention().sweepTokens(NOW, 1)).isEqualTo(250);
    assertThat(mysql.store().retention().sweepTokens(NOW, 1)).isEqualTo(250);
    assertThat(mysql.store().retention().sweepTokens(NOW, 1)).isEqualTo(150);
    assertThat(ids()).hasSize(650);
    assertThat(sweep()).isZero();
  }

  @Test
  void interruptedSweep_stops() throws Exception {
    insertMany(10);
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

  /** Every second of them is over. */
  private static void insertMany(int count) throws SQLException {
    execute(
        LongStream.rangeClosed(1, count)
            .mapToObj(
                id ->
                    "(%1$d, 1, UNHEX(SHA2('%1$d', 256)), 1, 'access', '', '', '', 1, %2$d)"
                        .formatted(id, id % 2 == 0 ? OVER : LATER))
            .collect(
                Collectors.joining(
                    ", ",
                    "INSERT INTO token (token_id, realm_id, lookup, live, kind, subject, scopes,"
                        + " app_id, issue_time, expire_time) VALUES ",
                    "")));
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
