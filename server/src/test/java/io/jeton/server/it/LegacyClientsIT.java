package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The legacy APIs, called as their own clients call them and with the libraries of those, against a
 * server of the distribution that has taken over what the originals had.
 */
@Isolated("a contract has a second for a login, the first of a new process too")
class LegacyClientsIT {
  private static final int LEAST_TESTS = 32;

  @TempDir private Path directory;

  @Test
  void legacyClients_goOnUnchanged() {
    assertThat(Launch.find("curl")).as("curl is needed to run the tests").isPresent();
    Path folder = Repository.root().resolve("server/src/test/node/legacy-clients");
    NodeTests tests = NodeTests.of(folder);

    try (JetonProcess server =
        JetonProcess.start(
            directory.resolve("data"), "--config", folder.resolve("jeton.yaml").toString())) {
      Launch.jeton("import", folder.resolve("originals.jsonl").toString())
          .with("JETON_SERVER", server.url())
          .with("JETON_KEY", server.key())
          .run()
          .requireOk();

      tests.requireAtLeast(LEAST_TESTS, server);
      server.stop();
    }
  }
}
