package io.jeton.server.storage.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the embedded database runs. Immutable.
 *
 * @param dataDirectory DATA_DIR; everything of the database lies in its subdirectory {@code
 *     database}, made with mode 0700
 * @param distribution the unpacked database of the distribution: {@code bin/mariadbd} and {@code
 *     share/}
 * @param binary an installed mariadbd to run instead of the distribution's
 * @param bufferPoolBytes memory for InnoDB's pages, at least 5 MiB
 * @param maxConnections connections that may be open at once; mariadbd takes 10 at least
 * @param startTimeout the longest that installing, and then starting, may each take; recovery after
 *     a crash is part of it
 */
public record EmbeddedDatabaseSettings(
    Path dataDirectory,
    Path distribution,
    Optional<Path> binary,
    long bufferPoolBytes,
    int maxConnections,
    Duration startTimeout) {

  public EmbeddedDatabaseSettings {
    if (bufferPoolBytes < 5L << 20) {
      throw new IllegalArgumentException("bufferPoolBytes: " + bufferPoolBytes);
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections: " + maxConnections);
    }
    if (startTimeout.isNegative() || startTimeout.isZero()) {
      throw new IllegalArgumentException("startTimeout: " + startTimeout);
    }
  }
}
