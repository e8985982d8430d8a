package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.client.records.ImportFile;
import io.jeton.server.Node;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.testing.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Moves in as the examples of {@code moving-in.md} say, and makes their calls. */
@Isolated("a contract has a second for a login, the first of a new process too")
class MoveInIT {
  private static final String SHOWN_URL = "http://127.0.0.1:8420";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("ANIMELOOP_SESSION_SECRET", "animeloop");

  @TempDir private Path directory;

  @Test
  void everyExample_isImported_andItsOldCredentialsWork() throws Exception {
    String page =
        Files.readString(Repository.root().resolve("rest-bridge").resolve("docs/moving-in.md"));
    assertThat(page.lines().filter(line -> line.startsWith("## ")))
        .containsExactly("## animeloop", "## chatot", "## lanying", "## liveget", "## thinksns");
    List<Readme.Step> steps = Readme.of(page).steps();
    assertThat(steps).hasSizeGreaterThanOrEqualTo(5);

    try (Node node = start(page)) {
      for (Readme.Step step : steps) {
        Finished call = Launch.of("sh", "-c", step.command().replace(SHOWN_URL, node.url())).run();
        assertThat(step.isShownBy(call.out()))
            .as("%s%nshown:%n%s%nprinted:%n%s", step.command(), step.shown(), call.out())
            .isTrue();
      }
    }
  }

  private Node start(String page) throws Exception {
    // All of them at once: realms and paths of their own.
    String contracts =
        blocks(page, "yaml").stream()
            .map(block -> block.substring("contracts:\n".length()))
            .collect(Collectors.joining("", "contracts:\n", ""));
    Path settings = Files.writeString(directory.resolve("jeton.yaml"), contracts);
    Path records =
        Files.writeString(
            directory.resolve("records.jsonl"), String.join("", blocks(page, "jsonl")));
    return Node.start(
        ConfigReader.read(
            Optional.of(settings),
            Map.of(),
            Map.of("data-dir", directory.resolve("data").toString(), "port", "0", "ops.port", "0")),
        Path.of(System.getProperty("jeton.home")),
        ENVIRONMENT,
        Optional.of(ImportFile.of(records, ENVIRONMENT)),
        new SettableClock(Instant.parse("2026-06-01T12:00:00Z")));
  }

  /** What stands between the fences of a kind. */
  private static List<String> blocks(String page, String kind) {
    String fence = "```" + kind + "\n";
    return List.of(page.split("(?m)^" + fence)).stream()
        .skip(1)
        .map(rest -> rest.substring(0, rest.indexOf("```\n")))
        .toList();
  }
}
