package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/** What Linux says about the threads of {@link Workers}. */
class NicenessTest {
  /** The field of stat that is the niceness, counted from the state on: 19 of all. */
  private static final int NICE = 19 - 3;

  @Test
  void hashingThread_yieldsToAllOthers_andOthersDoNot() {
    int own = niceOfThisThread();
    assertThat(own).isLessThan(10);

    assertThat(niceIn(Workers.hashing(1))).isEqualTo(10);
    assertThat(niceIn(Workers.blocking(1))).isEqualTo(own);
  }

  private static int niceIn(ThreadPoolExecutor executor) {
    try {
      return CompletableFuture.supplyAsync(NicenessTest::niceOfThisThread, executor).join();
    } finally {
      Workers.stop(executor);
    }
  }

  private static int niceOfThisThread() {
    try {
      Path thread = Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")));
      assertThat(thread.getParent()).isEqualTo(Path.of("/proc/" + pid() + "/task"));
      String stat = Files.readString(thread.resolve("stat"));
      // The second field is the thread's name in parentheses, which may contain spaces.
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Integer.parseInt(afterName[NICE]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }
}
