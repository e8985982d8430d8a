package io.jeton.server.contract;

import io.jeton.bridge.testing.Recordings;
import io.jeton.server.testing.MariaDbExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The contracts' recorded cases, on a real node. */
class RecordedCasesTest {
  @RegisterExtension static final MariaDbExtension database = new MariaDbExtension();

  @TempDir static Path directory;

  @TestFactory
  Stream<DynamicTest> chatot_isAnsweredAsRecorded() throws IOException {
    return tests("chatot");
  }

  @TestFactory
  Stream<DynamicTest> thinksns_isAnsweredAsRecorded() throws IOException {
    return tests("thinksns");
  }

  private static Stream<DynamicTest> tests(String contract) throws IOException {
    return Recordings.tests(contract, given -> NodeWorld.start(given, database, directory));
  }
}
