package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jeton bench} against the real server and its database, as short as it can be. */
@Tag("full")
class BenchIT {
  @TempDir private Path directory;

  @Test
  void issue_isComparedWithPlainInserts() throws IOException {
    JsonNode result = bench("issue");
    assertThat(result.get("wrong").asLong()).isZero();
    assertThat(result.get("medians").get(0).get("server").asText()).isEqualTo("F4");
    assertThat(result.get("medians").get(0).get("right").asLong()).isPositive();
    assertThat(result.get("medians").get(1).get("right").asLong()).isPositive();
    assertThat(result.get("medians").get(1).get("cpuMicros").asDouble()).isPositive();
  }

  @Test
  void refresh_followsItsFamilies() throws IOException {
    JsonNode result = bench("refresh", "--families=300", "--streams=4");
    assertThat(result.get("wrong").asLong()).isZero();
    assertThat(result.get("medians").get(1).get("right").asLong()).isPositive();
  }

  @Test
  void rows_areFoundByServerAndFloor_whenTheyWereWrittenPastTheServer() {
    Finished rows = run("rows", "--rows=3000", "--few=500", "--expiring=1000");
    assertThat(rows.requireOk().out()).contains("wrong answers: 0 of ");
    Finished miss = run("miss", "--tokens=3000");
    assertThat(miss.requireOk().out())
        .contains("miss at 8 / F3 at 8: req/s ", "miss at 128 / F3 at 128: req/s ")
        .containsPattern("wrong answers: 0 of [1-9]");
  }

  @Test
  void mixed_getsTheOneRightAnswerToEachQuestion() throws IOException {
    JsonNode result = bench("mixed", "--of-each=20");
    assertThat(result.get("rounds").toString()).contains("\"faults\":{}");
    assertThat(result.get("wrong").asLong()).isZero();
    assertThat(result.get("medians").get(0).get("right").asLong()).isPositive();
  }

  private JsonNode bench(String command, String... options) throws IOException {
    Finished finished = launch(command, options).then("--json").run();
    return new ObjectMapper().readTree(finished.requireOk().out()).get("result");
  }

  private Finished run(String command, String... options) {
    return launch(command, options).run();
  }

  private Launch launch(String command, String... options) {
    return Launch.jeton("bench", command)
        .then("--rounds=1", "--seconds=1", "--warmup=1", "--no-pin", "--work-dir=" + directory)
        .then(options);
  }
}
