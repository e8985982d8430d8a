package io.jeton.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.jeton.server.api.Access;
import io.jeton.server.api.Identity;
import io.jeton.server.api.ManageSessions;
import io.jeton.server.api.SessionSlides;
import io.jeton.server.api.Validation;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Realm;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Samples;
import io.jeton.server.testing.SettableClock;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.TouchSessionRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When sessions are gone, though a node stops or their new ends are not written yet. */
class SessionEndsTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private static final Identity SERVER = new Identity(Caller.SERVER, "", "test");

  private final SettableClock clock = new SettableClock(Samples.NOW);
  private SessionSlides slides;
  private ManageSessions sessions;

  @BeforeEach
  void start() {
    mysql.realms().ensure(Samples.realm("default"), Samples.NOW);
    Realm realm = mysql.realms().all().get(0);
    slides = new SessionSlides(mysql.sessions());
    sessions =
        new ManageSessions(
            new Access(() -> Map.of("default", realm)),
            new Validation(),
            mysql.sessions(),
            mysql.accounts(),
            slides,
            clock);
  }

  @AfterEach
  void stop() {
    slides.close();
  }

  @Test
  void janitor_removesExpiredSessions_butNoneThatWasTouchedAMomentAgo() throws Exception {
    create("expired", 600);
    create("touched", 600);
    create("live", 3600);
    clock.advance(java.time.Duration.ofSeconds(599));
    touch("touched", 600);
    clock.advance(java.time.Duration.ofSeconds(62));

    janitor().run();

    assertThat(mysql.query("SELECT session_id FROM session")).hasSize(2);
    touch("touched", 600);
    touch("live", 600);
  }

  @Test
  void janitor_leavesSessionsThatHaveJustExpired_toCallsThatSawThemLive() throws Exception {
    create("sid", 600);
    clock.advance(java.time.Duration.ofSeconds(659));
    Janitor janitor = janitor();

    janitor.run();
    assertThat(mysql.query("SELECT session_id FROM session")).hasSize(1);

    clock.advance(java.time.Duration.ofSeconds(1));
    janitor.run();
    assertThat(mysql.query("SELECT session_id FROM session")).isEmpty();
  }

  @Test
  void janitor_removesNoSession_whileTheirEndsCannotBeWritten() throws Exception {
    create("touched", 600);
    clock.advance(java.time.Duration.ofSeconds(599));
    execute(
        "CREATE TRIGGER refuse BEFORE UPDATE ON session FOR EACH ROW"
            + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not now'");
    Janitor janitor = janitor();
    try {
      touch("touched", 600);
      clock.advance(java.time.Duration.ofSeconds(120));
      janitor.run();
      assertThat(mysql.query("SELECT session_id FROM session")).hasSize(1);
      assertThat(janitor.lastSuccess()).isBefore(clock.instant());
    } finally {
      execute("DROP TRIGGER refuse");
    }

    janitor.run();
    assertThat(janitor.lastSuccess()).isEqualTo(clock.instant());
    touch("touched", 1);
  }

  @Test
  void end_isKept_whenTheNodeStops() {
    create("sid", 600);
    clock.advance(java.time.Duration.ofSeconds(300));
    touch("sid", 600);

    stop();
    start();

    clock.advance(java.time.Duration.ofSeconds(599));
    touch("sid", 1);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Janitor janitor() {
    return new Janitor(
        mysql.store().retention(),
        new Janitor.Kept(java.time.Duration.ofDays(90), java.time.Duration.ofDays(400)),
        slides::flush,
        new NodeMetrics(),
        clock);
  }

  private void create(String sid, long seconds) {
    var unused =
        sessions.create(
            CreateSessionRequest.newBuilder().setSid(sid).setLifetime(duration(seconds)).build(),
            SERVER);
  }

  private void touch(String sid, long seconds) {
    var unused =
        sessions.touch(
            TouchSessionRequest.newBuilder().setSid(sid).setLifetime(duration(seconds)).build(),
            SERVER);
  }

  private static Duration duration(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
