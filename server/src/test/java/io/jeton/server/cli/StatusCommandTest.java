package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.server.testing.NodeExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code jeton status} of a real node. */
class StatusCommandTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  @TempDir Path directory;

  private final Run run = new Run();

  @Test
  void status_tellsHowTheNodeIs_ofTheDataDirectorysServer() {
    Run.Result result = run.jeton("status", "--data-dir", node.dataDirectory().toString());

    assertThat(result.out())
        .startsWith("serving\n")
        .contains(node.url(), node.opsUrl())
        .containsPattern("(?m)^database: +embedded, 11\\.4\\.\\S+, schema \\d+$")
        .containsPattern("(?m)^ +answers in \\d+\\.\\d ms; \\d+ of 42 connections in use$")
        .containsPattern("(?m)^cache: +\\d+ tokens, \\S+ MiB of \\S+ [MG]iB")
        .containsPattern("(?m)^calls: +\\d+ running, \\d+ of 3200 waiting$")
        .containsPattern("(?m)^janitor: +last done ")
        .containsPattern("(?m)^contracts: +animeloop: realm default, under /api/v2 /$")
        .containsPattern("(?m)^ +thinksns: realm default, under ")
        .containsPattern("(?m)^disk: +\\S+ [MG]iB of \\S+ [MG]iB free$");
    // The shared node's clock may have been moved further than its janitor runs.
    assertThat(result.exit()).isEqualTo(result.out().contains("\nwarning: ") ? 1 : 0);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void status_asJson_hasTheSameForAProgram() throws Exception {
    Run.Result result =
        run.jeton("status", "--data-dir", node.dataDirectory().toString(), "--json");

    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(result.out()).hasLineCount(1);
    assertThat(json.path("serving").asBoolean()).isTrue();
    assertThat(json.path("state").asText()).isIn("fine", "degraded");
    assertThat(json.path("warnings").isArray()).isTrue();
    JsonNode database = json.path("sections").path("database").path("facts");
    assertThat(database.path("up").asBoolean()).isTrue();
    assertThat(database.path("kind").asText()).isEqualTo("embedded");
    assertThat(json.path("sections").path("calls").path("facts").path("limit").asInt())
        .isEqualTo(3200);
  }

  @Test
  void status_ofAServerElsewhere_isDetailed_whenItsOperatorsPortIsNamed() {
    assertThat(run.jeton("status", "--server", node.url()).out()).doesNotContain("database:");
    assertThat(run.jeton("status", "--server", node.url(), "--ops", node.opsUrl()).out())
        .contains("\ndatabase: ");
  }

  @Test
  void status_isThree_whenTheOperatorsPortDoesNotAnswer() {
    Run.Result result = run.jeton("status", "--server", node.url(), "--ops", "http://127.0.0.1:1");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo("error: no status from http://127.0.0.1:1/status: no answer\n");
  }

  @Test
  void anOpsUrlThatIsNone_isAWrongUsage() {
    for (String url : List.of("nowhere at all", "ftp://h:1", "http://")) {
      Run.Result result = run.jeton("status", "--server", node.url(), "--ops", url);

      assertThat(result.exit()).as(url).isEqualTo(2);
      assertThat(result.err()).hasLineCount(1).startsWith("error: --ops: not a URL");
    }
  }

  @Test
  void status_isThree_andSaysWhere_whenNoServerRuns() throws Exception {
    Files.createDirectories(directory);

    Run.Result result = run.jeton("status", "--data-dir", directory.toString());

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).startsWith("error: no server given and no " + directory);
  }
}
