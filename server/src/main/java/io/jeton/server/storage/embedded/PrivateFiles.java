package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that nobody but their owner reads. */
final class PrivateFiles {
  private static final Set<PosixFilePermission> OWNER_ALL =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_READ_WRITE =
      PosixFilePermissions.fromString("rw-------");

  private PrivateFiles() {}

  /** Makes the directory and its parents with mode 0700; one that exists stays as it is. */
  static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ALL));
  }

  /** Makes the directory, or gives the one that exists the mode 0700. */
  static void ensureDirectory(Path directory) throws IOException {
    createDirectories(directory);
    if (!Files.getPosixFilePermissions(directory).equals(OWNER_ALL)) {
      Files.setPosixFilePermissions(directory, OWNER_ALL);
    }
  }

  static Path createTemporaryDirectory(Path parent, String prefix) throws IOException {
    return Files.createTempDirectory(
        parent, prefix, PosixFilePermissions.asFileAttribute(OWNER_ALL));
  }

  /** Replaces the file by one of mode 0600 that holds the text. */
  static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_READ_WRITE))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  /** Makes what was renamed into the directory survive a loss of power. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static void deleteTree(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
