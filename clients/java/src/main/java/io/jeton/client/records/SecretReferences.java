package io.jeton.client.records;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads secrets that are written as {@code env:NAME} or {@code file:PATH}. Immutable, safe for use
 * by several threads; blocks.
 */
final class SecretReferences {
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";
  private static final int MAX_BYTES = 64 << 10;

  private final Map<String, String> environment;

  SecretReferences(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** A reference with nothing to read; the message says why and holds nothing of it. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message, null, false, false);
    }
  }

  /** The bytes of the secret, of a file without its last line end. */
  ByteString resolve(String text) throws UnreadableException {
    if (text.startsWith(ENVIRONMENT)) {
      String value = environment.get(text.substring(ENVIRONMENT.length()));
      if (value == null) {
        throw new UnreadableException("names an environment variable that is not set");
      }
      return ByteString.copyFromUtf8(value);
    }
    return text.startsWith(FILE)
        ? file(text.substring(FILE.length()))
        : ByteString.copyFromUtf8(text);
  }

  private static ByteString file(String path) throws UnreadableException {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new UnreadableException("names a file that is longer than 64 KiB");
      }
      return ByteString.copyFrom(bytes, 0, lengthOfText(bytes));
    } catch (IOException | InvalidPathException e) {
      throw new UnreadableException("names a file that cannot be read");
    }
  }

  private static int lengthOfText(byte[] bytes) {
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\n') {
      length--;
      if (length > 0 && bytes[length - 1] == '\r') {
        length--;
      }
    }
    return length;
  }
}
