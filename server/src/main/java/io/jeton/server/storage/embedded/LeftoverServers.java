package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every mariadbd that still runs on a directory whose owner is gone.
 *
 * <p>They are recognised by their command line, never by a pid file alone: mariadbd writes its own
 * late, and an old one may name a process that has nothing to do with us.
 */
final class LeftoverServers {
  private static final Logger logger = LoggerFactory.getLogger(LeftoverServers.class);
  private static final long POLL_MILLIS = 20;
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);
  private static final Path PROC = Path.of("/proc");

  private LeftoverServers() {}

  /** Asks them to end, kills what has not ended in time, and blocks until all are gone. */
  static void endAll(DatabaseDirectory directory)
      throws EmbeddedDatabaseException, InterruptedException {
    List<ProcessHandle> servers =
        ProcessHandle.allProcesses().filter(process -> runsOn(process, directory)).toList();
    for (ProcessHandle server : servers) {
      logger.warn("ending mariadbd {}, left running on {}", server.pid(), directory.root());
      server.destroy();
      if (!isGone(server, directory, Guard.GRACE)) {
        server.destroyForcibly();
        if (!isGone(server, directory, KILLED_WITHIN)) {
          throw new EmbeddedDatabaseException(
              "mariadbd %d still runs on %s and cannot be ended: end it, then start again"
                  .formatted(server.pid(), directory.root()));
        }
      }
    }
  }

  /** Asks the command line, not {@code isAlive}: that is true of a dead process not yet reaped. */
  private static boolean isGone(ProcessHandle server, DatabaseDirectory directory, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (runsOn(server, directory)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  static boolean runsOn(ProcessHandle process, DatabaseDirectory directory) {
    List<String> arguments = commandLine(process);
    if (arguments.isEmpty()) {
      return false;
    }
    String program = arguments.get(0).substring(arguments.get(0).lastIndexOf('/') + 1);
    return (program.contains("mariadbd") || program.contains("mysqld"))
        && arguments.stream()
            .filter(argument -> argument.startsWith(ServerCommand.DATA_OPTION))
            .map(argument -> argument.substring(ServerCommand.DATA_OPTION.length()))
            .anyMatch(data -> data.startsWith(directory.root() + "/data"));
  }

  private static List<String> commandLine(ProcessHandle process) {
    try {
      // What ProcessHandle says is cut short when long, and joined by spaces.
      byte[] bytes = Files.readAllBytes(PROC.resolve(process.pid() + "/cmdline"));
      return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return Files.exists(PROC.resolve("self")) ? List.of() : portableCommandLine(process);
    }
  }

  private static List<String> portableCommandLine(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return info.command()
        .map(
            command ->
                Stream.concat(
                        Stream.of(command), Arrays.stream(info.arguments().orElse(new String[0])))
                    .toList())
        .orElse(List.of());
  }
}
