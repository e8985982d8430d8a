package io.jeton.server;

import io.jeton.server.storage.embedded.DataDirectoryLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data directory that this process has alone, until it closes this. Methods block. */
final class HeldDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeldDirectory.class);

  private final Path path;
  private final DataDirectoryLock lock;

  private HeldDirectory(Path path, DataDirectoryLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Takes the lock of a folder, which is made if there is none. */
  static HeldDirectory take(Path path) throws StartupException {
    try {
      return new HeldDirectory(path, DataDirectoryLock.take(path));
    } catch (IOException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Takes the lock if nobody has it; of a folder that exists. */
  static Optional<HeldDirectory> tryTake(Path path) {
    return DataDirectoryLock.tryTake(path).map(lock -> new HeldDirectory(path, lock));
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("The data directory's lock was not given up", e);
    }
  }
}
