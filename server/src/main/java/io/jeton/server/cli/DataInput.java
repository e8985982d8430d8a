package io.jeton.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text in a file or, for {@code -}, in standard input, but for one line end behind it. */
final class DataInput {
  private static final int MAX_BYTES = 64 << 10;
  private static final int LINE_END = 2;

  private DataInput() {}

  static String read(String source, Console console) {
    String name = source.equals("-") ? "standard input" : source;
    byte[] bytes = bytes(source, console);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CliException(ExitCode.LOCAL_FILE, name + " is not UTF-8");
    }
    if (text.endsWith("\n")) {
      text = text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new CliException(ExitCode.LOCAL_FILE, name + " is longer than 64 KiB");
    }
    return text;
  }

  private static byte[] bytes(String source, Console console) {
    int most = MAX_BYTES + LINE_END + 1;
    if (source.equals("-")) {
      try {
        return console.in().readNBytes(most);
      } catch (IOException e) {
        throw new CliException(ExitCode.LOCAL_FILE, "cannot read standard input");
      }
    }
    try (InputStream in = Files.newInputStream(Path.of(source))) {
      return in.readNBytes(most);
    } catch (IOException e) {
      throw LocalFiles.unreadable(source, e);
    }
  }
}
