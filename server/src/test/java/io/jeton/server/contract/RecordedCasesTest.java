package io.jeton.server.contract;

import static org.awaitility.Awaitility.await;

import io.jeton.bridge.testing.Given;
import io.jeton.bridge.testing.Recordings;
import io.jeton.bridge.testing.Wire;
import io.jeton.bridge.testing.World;
import io.jeton.server.testing.MariaDbExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The contracts' recorded cases, on a real node. */
class RecordedCasesTest {
  @RegisterExtension static final MariaDbExtension database = new MariaDbExtension();

  @TempDir static Path directory;

  /**
   * The first answer of a cold process may take longer than the second that a contract has: it is
   * had here.
   */
  @BeforeAll
  static void warmUp() throws Exception {
    Given given = Given.ofContracts(List.of(Map.of("contract", "chatot")));
    byte[] request =
        "POST /token HTTP/1.1\r\nHost: bridge.test\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    try (World world = NodeWorld.start(given, database, directory)) {
      await().until(() -> Wire.send(world.port(), request).status() == 200);
    }
  }

  @TestFactory
  Stream<DynamicTest> animeloop_isAnsweredAsRecorded() throws IOException {
    return tests("animeloop");
  }

  @TestFactory
  Stream<DynamicTest> chatot_isAnsweredAsRecorded() throws IOException {
    return tests("chatot");
  }

  @TestFactory
  Stream<DynamicTest> thinksns_isAnsweredAsRecorded() throws IOException {
    return tests("thinksns");
  }

  @TestFactory
  Stream<DynamicTest> lanying_isAnsweredAsRecorded() throws IOException {
    return tests("lanying");
  }

  @TestFactory
  Stream<DynamicTest> liveget_isAnsweredAsRecorded() throws IOException {
    return tests("liveget");
  }

  private static Stream<DynamicTest> tests(String contract) throws IOException {
    return Recordings.tests(contract, given -> NodeWorld.start(given, database, directory));
  }
}
