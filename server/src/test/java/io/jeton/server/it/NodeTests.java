package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder with tests for Node, which are run against a server by {@code npm test}. */
final class NodeTests {
  private static final Pattern PASSED = Pattern.compile("(?m)^. pass (\\d+)$");

  private final Path folder;

  private NodeTests(Path folder) {
    this.folder = folder;
  }

  /** Installs what the tests of a folder need. */
  static NodeTests of(Path folder) {
    for (String program : new String[] {"node", "npm"}) {
      assertThat(Launch.find(program))
          .as("%s (Node 18 or newer with npm is needed to run the tests)", program)
          .isPresent();
    }
    Launch.of("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline")
        .in(folder)
        .run(Duration.ofMinutes(3))
        .requireOk();
    return new NodeTests(folder);
  }

  /** Runs them, and requires that so many pass at least, and none fails or is skipped. */
  void requireAtLeast(int least, JetonProcess server) {
    Finished tests =
        Launch.of("npm", "test")
            .in(folder)
            .with("JETON_SERVER", server.url())
            .with("JETON_KEY", server.key())
            .run(Duration.ofMinutes(2));

    assertThat(tests.exit()).as("npm test:\n%s%s", tests.out(), tests.err()).isZero();
    Matcher passed = PASSED.matcher(tests.out());
    assertThat(passed.find()).as("a count of tests in:\n%s", tests.out()).isTrue();
    assertThat(Integer.parseInt(passed.group(1))).isGreaterThanOrEqualTo(least);
    assertThat(tests.out()).containsPattern("(?m)^. skipped 0$").doesNotContain(server.key());
  }
}
