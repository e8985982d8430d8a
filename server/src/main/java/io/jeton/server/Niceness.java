package io.jeton.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much the threads of this process yield to others, as Linux counts it: it heeds no priority of
 * Java's. Safe for use by several threads; methods block.
 */
final class Niceness {
  private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);
  private static final Path THREAD = Path.of("/proc/thread-self");
  private static final String NICENESS = "10";
  private static final long LIMIT_SECONDS = 2;
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private Niceness() {}

  /**
   * Lets the calling thread yield to all others from now on. Where that cannot be done it is logged
   * once, and the thread runs like any other.
   */
  static void yieldToAll() {
    try {
      String thread = String.valueOf(Files.readSymbolicLink(THREAD).getFileName());
      if (!renice(thread)) {
        unavailable("renice failed");
      }
    } catch (IOException | UnsupportedOperationException e) {
      unavailable(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean renice(String thread) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("renice", "-n", NICENESS, "-p", thread)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void unavailable(String why) {
    if (SAID.compareAndSet(false, true)) {
      LOG.info("Threads that hash passwords do not yield to others: {}", why);
    }
  }
}
