package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The first contents of a data directory: the system tables, without help texts, test database or
 * anonymous user; root logs in through the socket, as the system's root alone.
 */
final class SystemTables {
  private static final String UNFINISHED_PREFIX = "data.new-";
  private static final Duration POLL = Duration.ofMillis(20);

  private final ServerBinary binary;
  private final DatabaseDirectory directory;
  private final Duration timeout;

  SystemTables(ServerBinary binary, DatabaseDirectory directory, Duration timeout) {
    this.binary = binary;
    this.directory = directory;
    this.timeout = timeout;
  }

  /**
   * Makes them in a directory aside, renamed when complete: an installation that was interrupted
   * leaves nothing but a directory to delete.
   */
  void installIfAbsent() throws EmbeddedDatabaseException, IOException, InterruptedException {
    deleteUnfinished();
    if (!isEmpty(directory.data())) {
      if (!Files.isReadable(directory.data().resolve("mysql/global_priv.frm"))) {
        throw StartFailure.ofForeignData(directory.data());
      }
      return;
    }
    Path unfinished = PrivateFiles.createTemporaryDirectory(directory.root(), UNFINISHED_PREFIX);
    Path statements = unfinished.resolve("install.sql");
    PrivateFiles.write(statements, String.join("\n", statements()));
    bootstrap(unfinished, statements);
    Files.delete(statements);
    Files.move(unfinished, directory.data(), StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.sync(directory.root());
  }

  private void bootstrap(Path data, Path statements)
      throws EmbeddedDatabaseException, IOException, InterruptedException {
    ServerLog log = ServerLog.fromHere(directory.log());
    GuardedProcess process =
        GuardedProcess.start(
            ServerCommand.bootstrap(binary, directory, data), statements, directory.log());
    try {
      long deadline = System.nanoTime() + timeout.toNanos();
      while (!process.waitFor(POLL)) {
        if (log.isDiskFull()) {
          throw StartFailure.ofFullDisk(log, directory);
        }
        if (System.nanoTime() > deadline) {
          throw StartFailure.ofTimeout(timeout, log);
        }
      }
    } finally {
      process.kill();
    }
    int status = process.waitFor();
    if (status != 0) {
      throw log.isDiskFull()
          ? StartFailure.ofFullDisk(log, directory)
          : StartFailure.ofExit(status, log, directory);
    }
  }

  /** What mariadb-install-db would send, without the entries that need name resolution. */
  private List<String> statements() throws IOException {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE DATABASE mysql;");
    statements.add("USE mysql;");
    statements.add("SET @auth_root_socket='root';");
    for (Path file : binary.systemTables()) {
      try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
        lines.filter(line -> !line.contains("@current_hostname")).forEach(statements::add);
      }
    }
    return statements;
  }

  private void deleteUnfinished() throws IOException {
    try (DirectoryStream<Path> unfinished =
        Files.newDirectoryStream(directory.root(), UNFINISHED_PREFIX + "*")) {
      for (Path path : unfinished) {
        PrivateFiles.deleteTree(path);
      }
    }
  }

  private static boolean isEmpty(Path path) throws IOException {
    if (!Files.exists(path)) {
      return true;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      return !entries.iterator().hasNext();
    }
  }
}
