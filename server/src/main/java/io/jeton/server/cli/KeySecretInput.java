package io.jeton.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The secret of a signing key, by reference: {@code -} for standard input, {@code env:NAME} or
 * {@code file:PATH}; never as an argument, which others on the machine can read. It is exactly the
 * bytes that are there, but for one line end behind them.
 */
final class KeySecretInput {
  private static final int MAX_BYTES = 1024;
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  private KeySecretInput() {}

  static byte[] read(String reference, Console console) {
    byte[] secret = withoutLineEnd(bytes(reference, console));
    if (secret.length == 0 || secret.length > MAX_BYTES) {
      throw new CliException(ExitCode.USAGE, "the secret is not 1 to " + MAX_BYTES + " bytes long");
    }
    return secret;
  }

  private static byte[] bytes(String reference, Console console) {
    if (reference.equals("-")) {
      try {
        return console.in().readNBytes(MAX_BYTES + 3);
      } catch (IOException e) {
        throw new CliException(ExitCode.LOCAL_FILE, "cannot read standard input");
      }
    }
    if (reference.startsWith(ENVIRONMENT)) {
      return console
          .variable(reference.substring(ENVIRONMENT.length()))
          .orElseThrow(
              () -> new CliException(ExitCode.USAGE, "--secret names a variable that is not set"))
          .getBytes(StandardCharsets.UTF_8);
    }
    if (reference.startsWith(FILE)) {
      try (var in = Files.newInputStream(Path.of(reference.substring(FILE.length())))) {
        return in.readNBytes(MAX_BYTES + 3);
      } catch (IOException | InvalidPathException e) {
        throw new CliException(ExitCode.LOCAL_FILE, "--secret names a file that cannot be read");
      }
    }
    // What was given may be the secret itself, so it is not repeated.
    throw new CliException(
        ExitCode.USAGE, "--secret is no reference (expected: -, env:NAME or file:PATH)");
  }

  private static byte[] withoutLineEnd(byte[] bytes) {
    int end = bytes.length;
    if (end > 0 && bytes[end - 1] == '\n') {
      end--;
      if (end > 0 && bytes[end - 1] == '\r') {
        end--;
      }
    }
    return Arrays.copyOf(bytes, end);
  }
}
