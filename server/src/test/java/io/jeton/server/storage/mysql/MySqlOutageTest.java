package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenGroup;
import io.jeton.server.storage.Samples;
import io.jeton.server.storage.Samples.Facts;
import io.jeton.server.storage.embedded.EmbeddedDatabase;
import io.jeton.server.storage.embedded.TestDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The store on a database of its own, which is made to fail. */
@Isolated("it changes the time zone of the JVM")
class MySqlOutageTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ADMIN = "test_admin";
  private static final String PASSWORD = "test_admin";

  @TempDir static Path directory;

  private static EmbeddedDatabase database;

  private final TimeZone zone = TimeZone.getDefault();
  private MySqlStore store;
  private Realm realm;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabases.startWithAdministrator(directory, ADMIN, PASSWORD);
    new Migrations(address()).migrate();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    execute("DELETE FROM token");
    execute("DELETE FROM revision");
    execute("DELETE FROM audit");
    store = openStore();
    store.realms().ensure(Samples.realm("default"), NOW);
    realm = store.realms().all().get(0);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    TimeZone.setDefault(zone);
    execute("SET GLOBAL read_only = 0");
    execute("SET GLOBAL time_zone = 'SYSTEM'");
  }

  @Test
  void readOnlyServer_refusesWrites_asUnavailable_andStillAnswers() throws Exception {
    Token token = insert(1, "T1");
    execute("SET GLOBAL read_only = 1");

    assertUnavailable(() -> insert(2, "T2"));
    assertUnavailable(
        () -> store.tokenWriter().revoke(realm, token.id(), NOW, ACTOR, touched -> {}));
    assertUnavailable(() -> store.realms().ensure(Samples.realm("other"), NOW));
    assertUnavailable(() -> store.epochs().end(realm, TokenGroup.WHOLE_REALM, NOW, ACTOR));
    assertThat(store.epochs().current()).isEmpty();
    assertThat(find("T1")).contains(Facts.of(token));
    assertThat(find("T2")).isEmpty();

    execute("SET GLOBAL read_only = 0");
    insert(2, "T2");
    assertThat(count("audit")).isEqualTo(2);
  }

  @Test
  void stoppedServer_isUnavailable_andServesAgain_whenItIsBack() throws Exception {
    Token token = insert(1, "T1");
    store.tokenWriter().insert(Samples.token(realm, 2, "T2"), true, Optional.empty(), ACTOR);
    store
        .tokenWriter()
        .revoke(realm, Samples.token(realm, 2, "T2").id(), NOW, ACTOR, touched -> {});

    TestDatabases.crash(database);
    // One question alone: it may be back before a second one.
    assertUnavailable(() -> store.epochs().end(realm, TokenGroup.WHOLE_REALM, NOW, ACTOR));

    await().atMost(SOON).ignoreExceptionsInstanceOf(RefusedException.class).until(this::isBack);
    assertThat(find("T1")).contains(Facts.of(token));
    assertThat(find("T2").orElseThrow().revokeTime()).contains(NOW);
    assertThat(store.epochs().current()).isEmpty();
    assertThat(count("epoch")).isZero();
    insert(3, "T3");
    assertThat(find("T3")).isPresent();
    assertThat(count("revision")).isEqualTo(2);
  }

  @Test
  void closedPort_isUnavailable_withinASecond() {
    DatabaseAddress nowhere =
        new DatabaseAddress("jdbc:mysql://127.0.0.1:1/jeton", "jeton", database.password());
    try (MySqlStore absent = MySqlStore.open(nowhere, 4, () -> NOW)) {
      long begin = System.nanoTime();
      assertUnavailable(() -> absent.realms().all());
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1_400));
      assertThat(absent.connections().failed()).isPositive();
      assertThat(absent.connections().opened()).isZero();
    }
  }

  @Test
  void readOnlyServer_holdsNoNodesLock_untilItCanBeWritten() throws Exception {
    try (NodeLock lock = NodeLock.of(address());
        NodeLock other = NodeLock.of(address())) {
      assertThat(lock.check()).isEqualTo(NodeLock.State.HELD);
      execute("SET GLOBAL read_only = 1");
      assertThat(lock.check()).isEqualTo(NodeLock.State.READ_ONLY);
      assertThat(other.check()).isEqualTo(NodeLock.State.READ_ONLY);
      execute("SET GLOBAL read_only = 0");
      assertThat(lock.check()).isEqualTo(NodeLock.State.HELD);
      assertThat(other.check()).isEqualTo(NodeLock.State.TAKEN);
    }
  }

  @Test
  void times_areTheSame_whateverTheZonesOfJvmAndServer() throws Exception {
    Token.Attributes attributes =
        new Token.Attributes(
            "k", "s", Scopes.NONE, "", Optional.empty(), Optional.of(NOW.plusSeconds(1)));
    String[][] zones = {
      {"Pacific/Kiritimati", "+13:00"},
      {"America/St_Johns", "-11:30"},
      {"UTC", "+00:00"}
    };
    for (int n = 0; n < zones.length; n++) {
      inZones(zones[n]);
      try (MySqlStore here = openStore()) {
        here.tokenWriter()
            .insert(
                Samples.token(realm, n + 1, "T" + n, attributes), true, Optional.empty(), ACTOR);
        here.tokenWriter()
            .revoke(
                realm,
                Samples.token(realm, n + 1, "T").id(),
                NOW.plusSeconds(2),
                ACTOR,
                touched -> {});
      }
    }

    for (String[] reading : zones) {
      inZones(reading);
      try (MySqlStore here = openStore()) {
        for (int n = 0; n < zones.length; n++) {
          Token token = here.tokenReader().byLookup(Samples.lookup(realm, "T" + n)).orElseThrow();
          assertThat(token.issueTime()).isEqualTo(NOW);
          assertThat(token.expireTime()).contains(NOW.plusSeconds(1));
          assertThat(token.revokeTime()).contains(NOW.plusSeconds(2));
        }
      }
    }
    long now = Micros.of(NOW);
    assertThat(
            count(
                "token WHERE issue_time = "
                    + (now + " AND expire_time = " + (now + 1_000_000))
                    + (" AND revoke_time = " + (now + 2_000_000))))
        .isEqualTo(zones.length);
    assertThat(count("audit WHERE audit_time IN (" + now + ", " + (now + 2_000_000) + ")"))
        .isEqualTo(2 * zones.length);
  }

  private static void inZones(String[] zones) throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone(zones[0]));
    execute("SET GLOBAL time_zone = '" + zones[1] + "'");
  }

  private boolean isBack() {
    return find("T1").isPresent();
  }

  private Token insert(long id, String secret) throws Exception {
    Token token = Samples.token(realm, id, secret);
    store.tokenWriter().insert(token, false, Optional.empty(), ACTOR);
    return token;
  }

  private Optional<Facts> find(String secret) {
    var key = Samples.lookup(realm, secret);
    return Optional.ofNullable(store.tokenLookup().find(List.of(key)).get(key)).map(Facts::of);
  }

  private static MySqlStore openStore() {
    return MySqlStore.open(address(), 4, () -> NOW);
  }

  private static DatabaseAddress address() {
    return new DatabaseAddress(database.jdbcUrl(), database.user(), database.password());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), ADMIN, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(String rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), ADMIN, PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + rows)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE));
  }
}
