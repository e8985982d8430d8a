package io.jeton.server.cli;

import io.jeton.client.Secret;
import java.nio.file.Path;

/**
 * A secret that is never an argument, because arguments are in the process list: {@code -} for the
 * one line of standard input, {@code env:NAME} or {@code file:PATH}.
 */
final class SecretSource {
  static final String EXPECTED = "expected: - for standard input, env:NAME or file:PATH";

  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  private SecretSource() {}

  static Secret read(String source, Console console) {
    if (source.equals("-")) {
      return SecretInput.read(source, console.in());
    }
    if (source.startsWith(ENVIRONMENT)) {
      String name = source.substring(ENVIRONMENT.length());
      String value = console.env().get(name);
      if (value == null || value.isEmpty()) {
        throw new CliException(ExitCode.USAGE, "the environment variable of env:NAME is not set");
      }
      return Secret.of(value);
    }
    if (source.startsWith(FILE)) {
      Path file = Path.of(source.substring(FILE.length()));
      return LocalFiles.read(file)
          .filter(text -> !text.isEmpty())
          .map(Secret::of)
          .orElseThrow(
              () -> new CliException(ExitCode.LOCAL_FILE, file + ": no such file, or it is empty"));
    }
    // What was given may be the secret itself: it is not repeated.
    throw new CliException(
        ExitCode.USAGE, "the secret is not taken as an argument (" + EXPECTED + ")");
  }
}
