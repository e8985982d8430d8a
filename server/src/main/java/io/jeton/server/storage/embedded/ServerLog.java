package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What mariadbd has written to its error log since one start began. */
record ServerLog(Path file, long begin) {
  private static final int LONGEST_BYTES = 256 << 10;
  private static final int LONGEST_QUOTE = 300;

  static ServerLog fromHere(Path file) throws IOException {
    return new ServerLog(file, Files.exists(file) ? Files.size(file) : 0);
  }

  /**
   * Whether it answers. mariadbd says so after it bound its port and ran its init file; English is
   * made sure of by its options.
   */
  boolean isReady() throws IOException {
    return text().contains(": ready for connections.");
  }

  boolean isPortTaken() throws IOException {
    return text().contains("Bind on TCP/IP port");
  }

  /** mariadbd itself waits, for minutes, until there is space again. */
  boolean isDiskFull() throws IOException {
    String text = text();
    return text.contains("No space left on device")
        || text.contains("failed with error 28")
        || text.contains("out of disk space")
        || text.contains("Disk is full");
  }

  /** Whether a statement of the init file failed; mariadbd goes on all the same. */
  boolean hasFailedStatement() throws IOException {
    return text().lines().anyMatch(ServerLog::isFailedStatement);
  }

  /**
   * The line that tells the reason, without its time stamp: the first error, since those after it
   * are its consequences, or else the last line.
   */
  Optional<String> reason() throws IOException {
    List<String> lines = text().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.stream()
        .filter(line -> line.contains("[ERROR]") || isFailedStatement(line))
        .findFirst()
        .or(() -> lines.stream().reduce((first, second) -> second))
        .map(line -> line.replaceFirst("^.*?\\[ERROR\\] ", ""))
        .map(line -> line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line);
  }

  private static boolean isFailedStatement(String line) {
    return line.startsWith("ERROR: ");
  }

  private String text() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      // A log that was cut off meanwhile is read from its beginning.
      channel.position(Math.max(begin <= size ? begin : 0, size - LONGEST_BYTES));
      ByteBuffer bytes = ByteBuffer.allocate((int) (size - channel.position()));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Reads on.
      }
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
