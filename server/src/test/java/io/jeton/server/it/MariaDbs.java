package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The mariadbd processes of a data directory. */
final class MariaDbs {
  private MariaDbs() {}

  /** Those that run, dead ones not yet reaped left out. */
  static List<ProcessHandle> of(Path dataDirectory) {
    String option = "--datadir=" + dataDirectory + "/database/data";
    return ProcessHandle.allProcesses()
        .filter(process -> commandLine(process).stream().anyMatch(a -> a.startsWith(option)))
        // The guard's shell has mariadbd's arguments too.
        .filter(process -> commandLine(process).get(0).endsWith("/mariadbd"))
        .toList();
  }

  static void awaitNone(Path dataDirectory) {
    await("the end of mariadbd")
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(of(dataDirectory)).isEmpty());
  }

  /** Ends them without ceremony. */
  static void kill(Path dataDirectory) {
    of(dataDirectory).forEach(ProcessHandle::destroyForcibly);
    awaitNone(dataDirectory);
  }

  private static List<String> commandLine(ProcessHandle process) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"));
      return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return List.of("");
    }
  }
}
