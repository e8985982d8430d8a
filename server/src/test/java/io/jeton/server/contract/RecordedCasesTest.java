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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The contracts' recorded cases, on real nodes: two at a time, each on a database of its own, since
 * most of a case is waiting.
 */
@Isolated("a contract has a second for each of its answers")
class RecordedCasesTest {
  @RegisterExtension static final MariaDbExtension one = new MariaDbExtension();
  @RegisterExtension static final MariaDbExtension other = new MariaDbExtension();

  @TempDir static Path directory;

  private static final Queue<MariaDbExtension> databases =
      new ConcurrentLinkedQueue<>(List.of(one, other));
  private static final ThreadLocal<MariaDbExtension> database =
      ThreadLocal.withInitial(databases::remove);
  private static final ExecutorService players = Executors.newFixedThreadPool(2);

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
    play(() -> {
          try (World world = world(given)) {
            await().until(() -> Wire.send(world.port(), request).status() == 200);
          }
        })
        .get();
  }

  @AfterAll
  static void end() {
    players.shutdownNow();
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

  /** Tests of cases that are all begun at once; each test waits for its own. */
  private static Stream<DynamicTest> tests(String contract) throws IOException {
    return Recordings.tests(contract, RecordedCasesTest::world)
        .map(test -> awaiting(test.getDisplayName(), play(test.getExecutable())))
        .toList()
        .stream();
  }

  private static DynamicTest awaiting(String name, Future<?> played) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try {
            played.get();
          } catch (ExecutionException e) {
            throw e.getCause();
          }
        });
  }

  private static Future<?> play(Executable played) {
    return players.submit(
        () -> {
          try {
            played.execute();
            return null;
          } catch (Exception | Error e) {
            throw e;
          } catch (Throwable e) {
            throw new AssertionError(e);
          }
        });
  }

  private static World world(Given given) throws Exception {
    return NodeWorld.start(given, database.get(), directory);
  }
}
