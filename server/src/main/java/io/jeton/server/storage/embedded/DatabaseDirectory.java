package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The place of everything the embedded database keeps: {@code DATA_DIR/database}. */
record DatabaseDirectory(Path root) {
  private static final long LOG_ROTATED_ABOVE_BYTES = 16 << 20;

  /** Makes the directories that are missing; the path is real, without symbolic links. */
  static DatabaseDirectory under(Path dataDirectory) throws IOException {
    PrivateFiles.createDirectories(dataDirectory);
    Path root = dataDirectory.resolve("database");
    PrivateFiles.ensureDirectory(root);
    DatabaseDirectory directory = new DatabaseDirectory(root.toRealPath());
    PrivateFiles.ensureDirectory(directory.temporary());
    directory.rotateLog();
    return directory;
  }

  /** That of a data directory which an embedded database may run on now; makes nothing. */
  static DatabaseDirectory in(Path dataDirectory) {
    return new DatabaseDirectory(dataDirectory.resolve("database"));
  }

  Path data() {
    return root.resolve("data");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  Path log() {
    return root.resolve("mariadbd.log");
  }

  Path pidFile() {
    return root.resolve("mariadbd.pid");
  }

  /** Statements that mariadbd runs before it answers; exists only while it starts. */
  Path initFile() {
    return root.resolve("init.sql");
  }

  /** The newest version of MariaDB that ran here. */
  Path versionFile() {
    return root.resolve("version");
  }

  /** The option file for an operator's {@code mariadb --defaults-file=…}. */
  Path clientFile() {
    return root.resolve("client.cnf");
  }

  void writeClientFile(String text) throws IOException {
    PrivateFiles.write(clientFile(), text);
  }

  /** Whether whoever runs this is the system's all-powerful user, whom mariadbd mistrusts. */
  boolean isOwnedByRoot() throws IOException {
    return Files.getAttribute(root, "unix:uid").equals(0);
  }

  private void rotateLog() throws IOException {
    if (Files.exists(log()) && Files.size(log()) > LOG_ROTATED_ABOVE_BYTES) {
      Files.move(log(), root.resolve("mariadbd.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
