package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pastes what {@code jeton serve --demo} prints into a shell, line by line. */
class DemoIT {
  private static final Pattern SAYS = Pattern.compile("# [a-z]+, (\\d{3}): .+");

  /** The last example of the last contract. */
  private static final Pattern LAST = Pattern.compile(".*/api/v2/tokens/\\$TOKEN\".*");

  @TempDir private Path directory;

  @Test
  void everyLine_getsTheStatusThatItSays_alsoAfterAnotherStart() throws Exception {
    for (int start = 1; start <= 2; start++) {
      try (JetonProcess server = JetonProcess.start(directory.resolve("data"), "--demo")) {
        await("the lines of all contracts")
            .until(() -> server.examples().stream().anyMatch(LAST.asMatchPredicate()));
        paste(server.examples());
        server.stop();
      }
    }
  }

  @Test
  void demo_isRefused_whereOthersCouldUseItsPasswords() {
    Finished listening =
        Launch.jeton("serve", "--demo", "--port", "0", "--host", "0.0.0.0", "--data-dir")
            .then(directory.resolve("d").toString())
            .with("JETON_LISTEN_IN_CLEAR", "true")
            .run();
    assertThat(listening.exit()).isEqualTo(6);
    assertThat(listening.err())
        .isEqualTo(
            "error: --demo: its passwords are public, so it answers this machine alone"
                + " (expected: a loopback address as host)\n");
    Finished external =
        Launch.jeton("serve", "--demo", "--port", "0", "--data-dir")
            .then(directory.resolve("d").toString())
            .with("JETON_DATABASE_URL", "jdbc:mysql://127.0.0.1:1/jeton")
            .run();
    assertThat(external.exit()).isEqualTo(6);
    assertThat(external.err()).contains("it never goes into an external database");
  }

  private void paste(List<String> lines) throws Exception {
    // What a curl of the test prints besides: the status, on standard error.
    Files.writeString(directory.resolve(".curlrc"), "dump-header = " + directory + "/head\n");
    StringBuilder script = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (String line : lines) {
      script.append(line).append('\n');
      Matcher says = SAYS.matcher(line);
      if (says.matches()) {
        expected.add(says.group(1));
      } else if (!line.isEmpty()) {
        script.append("sed -n '1s/^[^ ]* \\([0-9]*\\).*/STATUS \\1/p' ");
        script.append(directory).append("/head\n");
      }
    }
    Finished session =
        Launch.of("sh", "-c", script.toString())
            .with("CURL_HOME", directory.toString())
            .run(Duration.ofMinutes(1));
    List<String> statuses =
        session.out().lines().filter(line -> line.startsWith("STATUS ")).toList();
    assertThat(expected).hasSizeGreaterThan(15);
    assertThat(statuses)
        .as(session.out() + session.err())
        .containsExactlyElementsOf(expected.stream().map(status -> "STATUS " + status).toList());
  }
}
