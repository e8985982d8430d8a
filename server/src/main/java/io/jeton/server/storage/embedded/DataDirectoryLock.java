package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a data directory, held by one process at a time: a lock on {@code
 * DATA_DIR/jeton.lock}, which names the process. The system releases it when the process ends,
 * however it ends. Safe for use by several threads.
 */
public final class DataDirectoryLock implements AutoCloseable {
  private static final String FILE_NAME = "jeton.lock";

  /**
   * What this process holds. A POSIX lock is lost when its process closes any channel on the file,
   * so a second attempt must not even open it.
   */
  private static final Set<Path> held = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private DataDirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, making the data directory with mode 0700 if it is absent. Does not wait.
   *
   * @throws IOException with one clear line: {@code data directory PATH is in use by process PID},
   *     or why it cannot be written
   */
  public static DataDirectoryLock take(Path dataDirectory) throws IOException {
    Path file;
    try {
      PrivateFiles.createDirectories(dataDirectory);
      file = dataDirectory.toRealPath().resolve(FILE_NAME);
    } catch (IOException e) {
      throw notWritable(dataDirectory, e);
    }
    String self = Long.toString(ProcessHandle.current().pid());
    if (!held.add(file)) {
      throw inUse(dataDirectory, self);
    }
    FileChannel channel;
    try {
      channel = open(file);
    } catch (IOException e) {
      held.remove(file);
      throw notWritable(dataDirectory, e);
    }
    DataDirectoryLock lock = new DataDirectoryLock(file, channel);
    try {
      if (tryLock(channel) == null) {
        throw inUse(dataDirectory, read(channel));
      }
      write(channel, self);
      return lock;
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /** Takes the lock if nobody has it; of a directory that exists. Does not wait. */
  public static Optional<DataDirectoryLock> tryTake(Path dataDirectory) {
    try {
      return Optional.of(take(dataDirectory));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Gives the data directory free. A second call does nothing. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      held.remove(file);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this process through another class loader or another name.
      return null;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    channel.read(bytes, 0);
    return StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
  }

  private static void write(FileChannel channel, String pid) throws IOException {
    channel.truncate(0);
    channel.write(StandardCharsets.US_ASCII.encode(pid + "\n"), 0);
  }

  private static IOException inUse(Path dataDirectory, String pid) {
    return new IOException("data directory " + dataDirectory + " is in use by process " + pid);
  }

  private static IOException notWritable(Path dataDirectory, IOException cause) {
    return new IOException(
        "data directory " + dataDirectory + " cannot be used: " + StartFailure.reason(cause),
        cause);
  }
}
