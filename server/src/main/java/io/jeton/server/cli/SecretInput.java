package io.jeton.server.cli;

import io.jeton.client.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A secret given as an argument or, for {@code -}, as the one line of standard input; or the one
 * line of a file.
 */
final class SecretInput {
  private static final int MAX_BYTES = 64 << 10;

  private SecretInput() {}

  static Secret read(String argument, InputStream in) {
    return argument.equals("-") ? Secret.of(line(in)) : Secret.of(argument);
  }

  static Secret read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Secret.of(line(in.readNBytes(MAX_BYTES + 1), ExitCode.LOCAL_FILE, file.toString()));
    } catch (IOException e) {
      throw LocalFiles.unreadable(file.toString(), e);
    }
  }

  private static String line(InputStream in) {
    try {
      return line(in.readNBytes(MAX_BYTES + 1), ExitCode.USAGE, "standard input");
    } catch (IOException e) {
      throw new CliException(ExitCode.LOCAL_FILE, "cannot read standard input");
    }
  }

  private static String line(byte[] bytes, int exit, String source) {
    if (bytes.length > MAX_BYTES) {
      throw new CliException(exit, source + " is longer than 64 KiB");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CliException(exit, source + " is not UTF-8");
    }
    if (text.endsWith("\n")) {
      text = text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }
    if (text.isEmpty()) {
      throw new CliException(exit, source + " is empty (expected: the secret on one line)");
    }
    if (text.contains("\n")) {
      throw new CliException(
          exit, source + " has several lines (expected: the secret on one line)");
    }
    return text;
  }
}
