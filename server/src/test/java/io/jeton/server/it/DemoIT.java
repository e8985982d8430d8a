package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jeton.bridge.example.Example;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Pastes what {@code jeton serve --demo} prints into a shell, line by line. */
@Isolated("a contract has a second for a login, the first of a new process too")
class DemoIT {
  private static final Pattern SAYS = Pattern.compile("# [a-z]+, (\\d{3}): .+");

  private static final List<String> CONTRACTS =
      List.of("animeloop", "chatot", "lanying", "liveget", "thinksns");
  private static final String STATUS = "STATUS ";
  private static final Pattern ANSWER =
      Pattern.compile("(.*?)\n" + STATUS + "(\\d{3})\n", Pattern.DOTALL);

  /** The last example of the last contract. */
  private static final Pattern LAST = Pattern.compile(".*/api/v2/tokens/\\$TOKEN\".*");

  @TempDir private Path directory;

  @Test
  void everyLine_getsTheDocumentedAnswer_alsoAfterAnotherStart() throws Exception {
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
    // What a curl of the test prints besides: the status, after its output.
    Files.writeString(directory.resolve(".curlrc"), "dump-header = " + directory + "/head\n");
    StringBuilder script = new StringBuilder("exec 2>&1\n");
    List<String> said = new ArrayList<>();
    for (String line : lines) {
      script.append(line).append('\n');
      Matcher says = SAYS.matcher(line);
      if (says.matches()) {
        said.add(says.group(1));
      } else if (!line.isEmpty()) {
        script.append("sed -n '1s/^[^ ]* \\([0-9]*\\).*/").append(STATUS).append("\\1/p' ");
        script.append(directory).append("/head\n");
      }
    }
    Finished session =
        Launch.of("sh", Files.writeString(directory.resolve("script"), script).toString())
            .with("CURL_HOME", directory.toString())
            .run(Duration.ofMinutes(1));
    requireDocumentedAnswers(said, session.out());
  }

  private static void requireDocumentedAnswers(List<String> said, String output) {
    List<Example> examples = CONTRACTS.stream().flatMap(each -> Example.of(each).stream()).toList();
    assertThat(said).as("lines for each example").hasSameSizeAs(examples);
    Matcher answers = ANSWER.matcher(output);
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      String what = example.contract() + ", " + example.title();
      assertThat(answers.find()).as(what).isTrue();
      assertThat(answers.group(2)).as(what + ": " + answers.group(1)).isEqualTo(said.get(i));
      if (!example.method().equals("HEAD")) {
        assertThat(answers.group(1)).as(what).matches(example::isAnsweredBy, example.answer());
      }
    }
    assertThat(output.substring(answers.end())).isEmpty();
  }
}
