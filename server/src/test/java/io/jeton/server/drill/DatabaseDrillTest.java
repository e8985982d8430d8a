package io.jeton.server.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.client.IssuedToken;
import io.jeton.client.JetonClient;
import io.jeton.server.Node;
import io.jeton.server.StartupException;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.drill.DrillLoad.Call;
import io.jeton.server.drill.DrillLoad.Kind;
import io.jeton.server.storage.embedded.PlainMariaDb;
import io.jeton.server.testing.BesideOthers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's database is killed, frozen and made read-only under load. What is promised of such
 * a time is in {@code docs/external-database.md}.
 */
@BesideOthers
class DatabaseDrillTest {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseDrillTest.class);

  private static final Duration COLD_WITHIN = Duration.ofSeconds(1);
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(5);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

  /** What a busy machine needs to hand an answer over. */
  private static final Duration SLACK = Duration.ofMillis(700);

  private static final Duration CALM = Duration.ofSeconds(1);

  @TempDir Path directory;
  private PlainMariaDb database;
  private Node node;
  private JetonClient client;
  private DrillLoad load;
  private long awayFrom;
  private long backFrom;

  @BeforeEach
  void start() throws Exception {
    database = PlainMariaDb.start(directory.resolve("database"));
    Files.writeString(directory.resolve("password"), database.password().reveal());
    Files.writeString(directory.resolve("master"), "0123456789abcdef".repeat(4));
    JetonConfig config = config("data");
    Node.migrate(config, home(), Map.of(), false);
    node = Node.start(config, home(), Map.of(), Clock.systemUTC());
    client =
        JetonClient.builder()
            .server(node.url())
            .key(Files.readString(directory.resolve("data/admin.key")).strip())
            .deadline(Duration.ofSeconds(20))
            .build();
    load = new DrillLoad(client);
  }

  @AfterEach
  void stop() throws Exception {
    if (load != null) {
      load.stop();
    }
    if (client != null) {
      client.close();
    }
    if (node != null) {
      node.close();
    }
    database.close();
  }

  @Test
  void killedDatabase_isUsedAgainWithinFiveSeconds_andNothingAnsweredIsLost() throws Exception {
    load.begin();
    pause(CALM);
    awayFrom = System.nanoTime();
    database.kill();
    // By then a pool that waits twice as long after each failure waits for five seconds.
    pause(Duration.ofSeconds(6));
    database.start();
    backFrom = System.nanoTime();
    finish();

    assertUnaffected(Kind.HIT);
    assertRefusedWithin(Kind.COLD, COLD_WITHIN);
    assertRefusedWithin(Kind.ISSUE, WRITTEN_WITHIN);
    assertRefusedWithin(Kind.REVOKE, WRITTEN_WITHIN);
    assertNothingLost();
    assertSecondNodeIsKeptOut();
  }

  @Test
  void frozenDatabase_isUsedAgainWithinFiveSeconds_andNothingAnsweredIsLost() throws Exception {
    freezeFor(Duration.ofSeconds(8));
  }

  @Test
  @Tag("full")
  void databaseFrozenForHalfAMinute_isTheSame() throws Exception {
    freezeFor(Duration.ofSeconds(30));
  }

  @Test
  void readOnlyDatabase_refusesWritesAlone_untilItCanBeWrittenAgain() throws Exception {
    load.begin();
    pause(CALM);
    awayFrom = System.nanoTime();
    database.execute("SET GLOBAL read_only = 1");
    pause(Duration.ofSeconds(4));
    database.execute("SET GLOBAL read_only = 0");
    backFrom = System.nanoTime();
    finish();

    assertUnaffected(Kind.HIT);
    assertUnaffected(Kind.COLD);
    assertRefusedWithin(Kind.ISSUE, WRITTEN_WITHIN);
    assertRefusedWithin(Kind.REVOKE, WRITTEN_WITHIN);
    assertNothingLost();
    assertSecondNodeIsKeptOut();
  }

  private void freezeFor(Duration time) throws Exception {
    load.begin();
    pause(CALM);
    awayFrom = System.nanoTime();
    database.freeze();
    pause(time);
    database.thaw();
    backFrom = System.nanoTime();
    finish();

    assertUnaffected(Kind.HIT);
    assertRefusedWithin(Kind.COLD, COLD_WITHIN);
    assertRefusedWithin(Kind.ISSUE, WRITTEN_WITHIN);
    assertRefusedWithin(Kind.REVOKE, WRITTEN_WITHIN);
    assertNothingLost();
    assertSecondNodeIsKeptOut();
  }

  /** Lets the load run for as long as the recovery may take, and a little longer. */
  private void finish() throws InterruptedException {
    pause(BACK_WITHIN.plus(CALM));
    load.stop();
    for (Kind kind : Kind.values()) {
      // What the page's table of recoveries is written from.
      LOG.warn(
          "{}: {} calls, {} refused; answered again {} ms after the database was back",
          kind,
          of(kind).size(),
          of(kind).stream().filter(call -> !call.isAnswered()).count(),
          of(kind).stream()
              .filter(call -> call.isAnswered() && call.end() - backFrom > 0)
              .mapToLong(call -> (call.end() - backFrom) / 1_000_000)
              .min()
              .orElse(-1));
    }
  }

  private void assertUnaffected(Kind kind) {
    assertThat(of(kind)).hasSizeGreaterThan(100).allMatch(Call::isAnswered);
    assertThat(of(kind)).allMatch(call -> call.took().compareTo(COLD_WITHIN.plus(SLACK)) < 0);
  }

  private void assertRefusedWithin(Kind kind, Duration bound) {
    List<Call> refused = of(kind).stream().filter(call -> !call.isAnswered()).toList();
    assertThat(refused).as("%s that were refused", kind).isNotEmpty();
    assertThat(refused).extracting(Call::problem).isSubsetOf("STORE_UNAVAILABLE", "OVERLOADED");
    assertThat(refused).allMatch(call -> call.took().compareTo(bound.plus(SLACK)) < 0);
    assertThat(refused).as("before it was away").allMatch(call -> call.end() - awayFrom > 0);
    assertThat(refused)
        .as("%s that began when it had been back for long enough", kind)
        .allMatch(call -> call.begin() - backFrom < BACK_WITHIN.toNanos());
    assertThat(of(kind))
        .as("%s when it was back", kind)
        .anyMatch(call -> call.isAnswered() && call.begin() - backFrom > 0);
  }

  private void assertNothingLost() throws Exception {
    Map<String, Boolean> isRevoked = new HashMap<>();
    for (String[] row : database.query("SELECT token_id, revoke_time FROM token")) {
      isRevoked.put(row[0], row[1] != null);
    }
    assertThat(load.issued()).isNotEmpty();
    assertThat(load.revoked()).isNotEmpty();
    assertThat(isRevoked).containsAllEntriesOf(each(load.issued().keySet(), false));
    assertThat(isRevoked).containsAllEntriesOf(each(load.revoked().keySet(), true));
    // What was not answered has happened or has not, and the node says which.
    Map<String, Boolean> said = new TreeMap<>();
    Map<String, Boolean> stored = new TreeMap<>();
    for (Map<String, IssuedToken> tokens :
        List.of(load.issued(), load.revoked(), load.doubtful())) {
      tokens.forEach(
          (id, token) -> {
            said.put(id, !client.tokens().verify(token.secret()).active());
            stored.put(id, isRevoked.get(id));
          });
    }
    assertThat(said).isEqualTo(stored);
  }

  private void assertSecondNodeIsKeptOut() throws Exception {
    JetonConfig second = config("second");
    assertThatThrownBy(() -> Node.start(second, home(), Map.of(), Clock.systemUTC()).close())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("another jeton uses the database");
  }

  private List<Call> of(Kind kind) {
    return load.calls().stream().filter(call -> call.kind() == kind).toList();
  }

  private static Map<String, Boolean> each(Set<String> ids, boolean value) {
    Map<String, Boolean> all = new HashMap<>();
    ids.forEach(id -> all.put(id, value));
    return all;
  }

  /** Fewer connections than the load has threads, so that they can be used up. */
  private JetonConfig config(String data) throws Exception {
    return ConfigReader.read(
        Optional.empty(),
        Map.of(),
        Map.of(
            "data-dir",
            directory.resolve(data).toString(),
            "port",
            "0",
            "database.url",
            database.jdbcUrl(),
            "database.user",
            database.user(),
            "database.password",
            "file:" + directory.resolve("password"),
            "database.readers",
            "2",
            "database.writers",
            "4",
            "master-key",
            "file:" + directory.resolve("master")));
  }

  private static Path home() {
    return Path.of(System.getProperty("jeton.home"));
  }

  private static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
