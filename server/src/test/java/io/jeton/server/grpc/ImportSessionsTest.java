package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.client.FoundSession;
import io.jeton.client.ImportProblem;
import io.jeton.client.ImportResult;
import io.jeton.client.JetonClient;
import io.jeton.client.JetonException;
import io.jeton.client.Secret;
import io.jeton.client.SessionChange;
import io.jeton.client.records.ImportFile;
import io.jeton.server.testing.NodeExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Records of the type {@code session}, imported into a real node. */
class ImportSessionsTest {
  @RegisterExtension static final NodeExtension NODE = new NodeExtension();

  private static final AtomicInteger REALMS = new AtomicInteger();
  private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");

  private final String realm = "sessions-" + REALMS.incrementAndGet();
  private final JetonClient client =
      JetonClient.builder().server(NODE.url()).key(NODE.adminKey()).build();

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void apply_addsSessionsOfAccountsAbove_andAgainChangesNothing() throws Exception {
    String[] lines = {
      line("realm", ""),
      line("account", "'id':7,'name':'Seven','email':'s@e.org','phone':'139','banned':true"),
      session("by-name", "'account':'seven','data':{'a': 1.0}"),
      session("by-email", "'account':'S@E.org'"),
      session("by-phone", "'account':'139'"),
      session("by-id", "'account':7"),
      session("nobody's", ""),
    };

    assertThat(check(lines)).isEqualTo(counts(7, 0, 0));
    assertThat(apply(lines)).isEqualTo(counts(7, 0, 0));
    assertThat(apply(lines)).isEqualTo(counts(0, 0, 7));
    assertThat(check(lines)).isEqualTo(counts(0, 0, 7));
    FoundSession found = get("by-name");
    assertThat(found.session().data()).isEqualTo("{\"a\": 1.0}");
    assertThat(found.session().expireTime()).isEqualTo(END);
    assertThat(found.account().orElseThrow().banned()).isTrue();
    for (String sid : List.of("by-email", "by-phone", "by-id")) {
      assertThat(get(sid).session().accountId()).isEqualTo("7");
    }
    assertThat(get("nobody's").account()).isEmpty();
  }

  @Test
  void apply_bringsASessionToTheFile_butNeverToAnEarlierEnd() throws Exception {
    apply(line("realm", ""), line("account", "'id':7,'name':'Seven'"), session("sid", ""));
    Instant later = END.plusSeconds(3600);
    client
        .sessions()
        .update(realm, Secret.of("sid"), SessionChange.builder().expireTime(later).build());

    String again = session("sid", "");
    assertThat(check(again)).isEqualTo(counts(0, 0, 1));
    assertThat(apply(again)).isEqualTo(counts(0, 0, 1));
    String other = session("sid", "'account':'Seven','data':{'b':2}");
    assertThat(check(other)).isEqualTo(counts(0, 1, 0));
    assertThat(apply(other)).isEqualTo(counts(0, 1, 0));

    FoundSession found = get("sid");
    assertThat(found.session().expireTime()).isEqualTo(later);
    assertThat(found.session().accountId()).isEqualTo("7");
    assertThat(found.session().data()).isEqualTo("{\"b\":2}");
  }

  @Test
  void apply_takesOneThatHasExpired_whichIsNotThereThen() throws Exception {
    String expired =
        "{\"type\":\"session\",\"realm\":\""
            + realm
            + "\",\"sid\":\"old\",\"expire_time\":\"2001-01-01T00:00:00Z\"}";

    assertThat(apply(line("realm", ""), expired)).isEqualTo(counts(2, 0, 0));

    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    JetonException.class, () -> get("old"))
                .reason())
        .contains("SESSION_NOT_FOUND");
  }

  @Test
  void wrongRecords_areNamedByTheirLineAndField_andHoldNoValue() throws Exception {
    apply(line("realm", ""));
    String[] lines = {
      session("x".repeat(256), ""),
      session("sid", "'account':'canary'"),
      session("sid", "'account':4711"),
      "{\"type\":\"session\",\"realm\":\"none-such\",\"sid\":\"canary\","
          + "\"expire_time\":\"2030-01-01T00:00:00Z\"}",
    };

    ImportResult checked = check(lines);

    assertThat(checked.problems())
        .extracting(ImportProblem::line, ImportProblem::field)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, "sid"),
            org.assertj.core.groups.Tuple.tuple(2L, "account"),
            org.assertj.core.groups.Tuple.tuple(3L, "account"),
            org.assertj.core.groups.Tuple.tuple(4L, "realm"));
    assertThat(checked.problems().toString()).doesNotContain("canary");
    for (String line : lines) {
      assertThat(apply(line).problems()).hasSize(1);
    }
  }

  @Test
  void check_knowsTheAccountsOfTheLinesAbove_andWritesNothing() throws Exception {
    ImportResult checked =
        check(
            line("realm", ""),
            session("early", "'account':'Later'"),
            line("account", "'id':9,'name':'Later'"),
            session("late", "'account':'LATER'"),
            session("late-2", "'account':9"));

    assertThat(checked.problems()).extracting(ImportProblem::line).containsExactly(2L);
    assertThat(checked.created()).isEqualTo(4);
    apply(line("realm", ""));
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    JetonException.class, () -> get("late"))
                .reason())
        .contains("SESSION_NOT_FOUND");
  }

  @Test
  void importedSession_isTouchedLikeOthers() throws Exception {
    apply(line("realm", ""), session("sid", ""));

    Duration lifetime = Duration.between(NODE.clock().instant(), END).plusHours(1);
    client.sessions().touch(realm, Secret.of("sid"), lifetime);

    assertThat(get("sid").session().expireTime()).isEqualTo(END.plusSeconds(3600));
  }

  private FoundSession get(String sid) {
    return client.sessions().get(realm, Secret.of(sid));
  }

  /** A record of the realm, with what is given in single quotes. */
  private String line(String type, String rest) {
    String more = rest.isEmpty() ? "" : "," + rest.replace('\'', '"');
    return "{\"type\":\"" + type + "\",\"realm\":\"" + realm + "\"" + more + "}";
  }

  private String session(String sid, String rest) {
    String more = rest.isEmpty() ? "" : "," + rest;
    return line("session", "'expire_time':'" + END + "'" + more)
        .replace("{\"type\"", "{\"sid\":\"" + sid + "\",\"type\"");
  }

  private ImportResult apply(String... lines) throws Exception {
    return client.imports().apply(file(lines), n -> {});
  }

  private ImportResult check(String... lines) throws Exception {
    return client.imports().check(file(lines), n -> {});
  }

  private ImportFile file(String... lines) throws Exception {
    Path file = Files.createTempFile(directory, "f", ".jsonl");
    return ImportFile.of(Files.write(file, List.of(lines)), Map.of());
  }

  private static ImportResult counts(long created, long changed, long unchanged) {
    return new ImportResult(created, changed, unchanged, List.of(), List.of());
  }
}
