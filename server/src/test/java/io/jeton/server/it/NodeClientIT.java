package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Node client's own tests, against a server of the distribution. */
class NodeClientIT {
  private static final int LEAST_TESTS = 11;
  private static final Pattern PASSED = Pattern.compile("(?m)^. pass (\\d+)$");

  @TempDir private Path directory;

  @Test
  void nodeClient_passesItsTests_againstThisServer() {
    for (String program : new String[] {"node", "npm"}) {
      assertThat(Launch.find(program))
          .as("%s (Node 18 or newer with npm is needed to run the tests)", program)
          .isPresent();
    }
    Path client = Repository.clients().resolve("node");
    Launch.of("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline")
        .in(client)
        .run(Duration.ofMinutes(3))
        .requireOk();

    try (JetonProcess server = JetonProcess.start(directory.resolve("data"))) {
      Finished tests =
          Launch.of("npm", "test")
              .in(client)
              .with("JETON_SERVER", server.url())
              .with("JETON_KEY", server.key())
              .run(Duration.ofMinutes(2));

      assertThat(tests.exit()).as("npm test:\n%s%s", tests.out(), tests.err()).isZero();
      Matcher passed = PASSED.matcher(tests.out());
      assertThat(passed.find()).as("a count of tests in:\n%s", tests.out()).isTrue();
      assertThat(Integer.parseInt(passed.group(1))).isGreaterThanOrEqualTo(LEAST_TESTS);
      assertThat(tests.out()).containsPattern("(?m)^. skipped 0$").doesNotContain(server.key());
    }
  }
}
