package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts mariadbd on an installed data directory. */
final class Launcher {
  private static final long POLL_MILLIS = 10;
  private static final Path NO_INPUT = Path.of("/dev/null");

  private final EmbeddedDatabaseSettings settings;
  private final ServerBinary binary;
  private final DatabaseDirectory directory;
  private final Credentials credentials;
  private final EmbeddedDatabase.Tuning tuning;

  Launcher(
      EmbeddedDatabaseSettings settings,
      ServerBinary binary,
      DatabaseDirectory directory,
      Credentials credentials,
      EmbeddedDatabase.Tuning tuning) {
    this.settings = settings;
    this.binary = binary;
    this.directory = directory;
    this.credentials = credentials;
    this.tuning = tuning;
  }

  /** Ends what still runs on the directory, starts mariadbd and blocks until it answers. */
  GuardedProcess launch(int port)
      throws EmbeddedDatabaseException, PortTakenException, IOException, InterruptedException {
    LeftoverServers.endAll(directory);
    ServerLog log = ServerLog.fromHere(directory.log());
    List<String> command = ServerCommand.serve(binary, directory, settings, port);
    command.addAll(tuning.options());
    try {
      PrivateFiles.write(directory.initFile(), initStatements());
      GuardedProcess process = GuardedProcess.start(command, NO_INPUT, directory.log());
      boolean ready = false;
      try {
        awaitReady(process, log);
        ready = true;
        return process;
      } finally {
        if (!ready) {
          process.kill();
        }
      }
    } finally {
      Files.deleteIfExists(directory.initFile());
    }
  }

  private void awaitReady(GuardedProcess process, ServerLog log)
      throws EmbeddedDatabaseException, PortTakenException, IOException, InterruptedException {
    long deadline = System.nanoTime() + settings.startTimeout().toNanos();
    while (true) {
      boolean alive = process.isAlive();
      // Read before the failures, which mariadbd writes before it says that it is ready.
      boolean ready = alive && log.isReady();
      if (log.isDiskFull()) {
        throw StartFailure.ofFullDisk(log, directory);
      }
      if (log.hasFailedStatement()) {
        throw StartFailure.ofStatement(log);
      }
      if (ready) {
        return;
      }
      if (!alive && log.isPortTaken()) {
        throw new PortTakenException(log.reason().orElse("address already in use"));
      }
      if (!alive) {
        throw StartFailure.ofExit(process.waitFor(), log, directory);
      }
      if (System.nanoTime() > deadline) {
        throw StartFailure.ofTimeout(settings.startTimeout(), log);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private String initStatements() {
    return Stream.concat(credentials.statements().stream(), tuning.statements().stream())
        .map(statement -> statement + ";\n")
        .collect(Collectors.joining());
  }
}
