package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private static final long DUE = Micros.of(NOW);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 499, 500, 501, 1_200})
  void forgetRequests_removesExactlyTheExpired_howeverMany(int expired) throws Exception {
    insertRequests(DUE + 1, 3);
    // The last of them ends at exactly this instant.
    insertRequests(DUE - expired + 1, expired);

    assertThat(mysql.store().retention().forgetRequests(NOW)).isEqualTo(expired);
    assertThat(mysql.query("SELECT expire_time FROM remembered_request ORDER BY expire_time"))
        .containsExactly(text(DUE + 1), text(DUE + 2), text(DUE + 3));
    assertThat(mysql.store().retention().forgetRequests(NOW)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500, 1_200})
  void forgetRevisions_removesExactlyThoseFromBefore_howeverMany(int old) throws Exception {
    insertRevisions(DUE, 3);
    insertRevisions(DUE - old, old);

    assertThat(mysql.store().retention().forgetRevisions(NOW)).isEqualTo(old);
    assertThat(mysql.query("SELECT change_time FROM revision ORDER BY change_time"))
        .containsExactly(text(DUE), text(DUE + 1), text(DUE + 2));
    assertThat(mysql.store().retention().forgetRevisions(NOW)).isZero();
  }

  @Test
  void forgetRevokedJtis_removesExactlyTheExpired_andKeepsWhatIsForEver() throws Exception {
    mysql.realms().ensure(Samples.realm("default"), NOW);
    Realm realm = mysql.realms().all().get(0);
    addJti(realm, "over", Optional.of(NOW));
    addJti(realm, "going on", Optional.of(NOW.plusNanos(1_000)));
    addJti(realm, "for ever", Optional.empty());

    assertThat(mysql.store().retention().forgetRevokedJtis(NOW)).isEqualTo(1);
    assertThat(mysql.query("SELECT jti FROM revoked_jti ORDER BY jti"))
        .containsExactly("for ever", "going on");
    assertThat(mysql.store().retention().forgetRevokedJtis(NOW)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500, 1_200})
  void forgetSessions_removesExactlyTheExpired_howeverMany(int expired) throws Exception {
    mysql.realms().ensure(Samples.realm("default"), NOW);
    String realm = mysql.query("SELECT realm_id FROM realm").get(0);
    insertSessions(realm, DUE + 1, 3);
    // The last of them ends at exactly this instant.
    insertSessions(realm, DUE - expired + 1, expired);

    assertThat(mysql.store().retention().forgetSessions(NOW)).isEqualTo(expired);
    assertThat(mysql.query("SELECT expire_time FROM session ORDER BY expire_time"))
        .containsExactly(text(DUE + 1), text(DUE + 2), text(DUE + 3));
    assertThat(mysql.store().retention().forgetSessions(NOW)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500, 1_200})
  void forgetAudit_removesExactlyThoseFromBefore_howeverMany(int old) throws Exception {
    insertAudit(DUE, 3);
    insertAudit(DUE - old, old);

    assertThat(mysql.store().retention().forgetAudit(NOW)).isEqualTo(old);
    assertThat(mysql.query("SELECT audit_time FROM audit ORDER BY audit_time"))
        .containsExactly(text(DUE), text(DUE + 1), text(DUE + 2));
    assertThat(mysql.store().retention().forgetAudit(NOW)).isZero();
  }

  private static void insertAudit(long from, int count) throws SQLException {
    insert(
        "INSERT INTO audit (audit_time, caller_id, action, realm, target, address, request_id,"
            + " result) VALUES ",
        "(%1$d, 0, 'a', '', '', '', '', 'OK')",
        from,
        count);
  }

  private static void insertSessions(String realm, long from, int count) throws SQLException {
    insert(
        "INSERT INTO session (realm_id, lookup, sealed_data, create_time, expire_time) VALUES ",
        "(" + realm + ", UNHEX(SHA2('%1$d', 256)), 'd', 0, %1$d)",
        from,
        count);
  }

  private static void addJti(Realm realm, String jti, Optional<Instant> until) {
    mysql.foreignTokens().addRevokedJti(realm, "web", jti, until, NOW, any -> {}, Samples.ACTOR);
  }

  @Test
  void nothingElse_isRemoved() throws Exception {
    insertRequests(DUE - 5, 1);
    insertRevisions(DUE - 5, 1);

    mysql.store().retention().forgetRequests(NOW);
    assertThat(mysql.query("SELECT change_time FROM revision")).hasSize(1);
    mysql.store().retention().forgetRevisions(NOW);
    assertThat(mysql.query("SELECT change_time FROM revision")).isEmpty();
  }

  private static void insertRequests(long from, int count) throws SQLException {
    insert(
        "INSERT INTO remembered_request VALUES ",
        "(7, 'r%1$d', REPEAT('f', 32), 'a', %1$d)",
        from,
        count);
  }

  private static void insertRevisions(long from, int count) throws SQLException {
    insert(
        "INSERT INTO revision (lane_id, sequence, lookup, change_time) VALUES ",
        "(1, %1$d, REPEAT('l', 32), %1$d)",
        from,
        count);
  }

  private static void insert(String sql, String row, long from, int count) throws SQLException {
    if (count == 0) {
      return;
    }
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          LongStream.range(from, from + count)
              .mapToObj(time -> String.format(row, time))
              .collect(Collectors.joining(", ", sql, "")));
    }
  }

  private static String text(long micros) {
    return Long.toString(micros);
  }
}
