package io.jeton.server.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A PEM file that a setting names.
 *
 * @param key the setting, for messages
 */
public record PemFile(String key, Path path) {
  private static final int MOST_BYTES = 1 << 20;

  /** Its bytes, through whatever links lead there. Blocks. */
  byte[] read() throws PemException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw PemException.of(this, "a file that can be read");
    }
    if (bytes.length > MOST_BYTES) {
      throw PemException.of(this, "a PEM file of at most 1 MiB");
    }
    return bytes;
  }
}
