package io.jeton.server.cli;

import io.jeton.client.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A secret given as an argument or, for {@code -}, as the one line of standard input. */
final class SecretInput {
  private static final int MAX_BYTES = 64 << 10;

  private SecretInput() {}

  static Secret read(String argument, InputStream in) {
    return argument.equals("-") ? Secret.of(line(in)) : Secret.of(argument);
  }

  private static String line(InputStream in) {
    byte[] bytes;
    try {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new CliException(ExitCode.LOCAL_FILE, "cannot read standard input");
    }
    if (bytes.length > MAX_BYTES) {
      throw refused("is longer than 64 KiB");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw refused("is not UTF-8");
    }
    if (text.endsWith("\n")) {
      text = text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }
    if (text.isEmpty()) {
      throw refused("is empty (expected: the secret on one line)");
    }
    if (text.contains("\n")) {
      throw refused("has several lines (expected: the secret on one line)");
    }
    return text;
  }

  private static CliException refused(String why) {
    return new CliException(ExitCode.USAGE, "standard input " + why);
  }
}
