package io.jeton.server.it;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Node client's own tests, against a server of the distribution. */
class NodeClientIT {
  private static final int LEAST_TESTS = 11;

  @TempDir private Path directory;

  @Test
  void nodeClient_passesItsTests_againstThisServer() {
    NodeTests tests = NodeTests.of(Repository.clients().resolve("node"));

    try (JetonProcess server = JetonProcess.start(directory.resolve("data"))) {
      tests.requireAtLeast(LEAST_TESTS, server);
    }
  }
}
