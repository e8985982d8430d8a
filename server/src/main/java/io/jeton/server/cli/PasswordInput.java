package io.jeton.server.cli;

import io.jeton.client.Secret;
import java.nio.file.Path;

/**
 * A password or a key given by where it is, never by itself: an argument is seen by everybody on
 * the machine. {@code -} is the one line of standard input, and {@code file:} that of a file.
 */
final class PasswordInput {
  /** What an option that takes one shows. */
  static final String LABEL = "SOURCE";

  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  private PasswordInput() {}

  static Secret read(String source, Console console) {
    return read(source, "a password", console);
  }

  /**
   * Reads what is given.
   *
   * @param what it is, for the message when it is given another way
   */
  static Secret read(String source, String what, Console console) {
    if (source.equals("-")) {
      return SecretInput.read(source, console.in());
    }
    if (source.startsWith(ENVIRONMENT)) {
      String name = source.substring(ENVIRONMENT.length());
      return console
          .variable(name)
          .map(Secret::of)
          .orElseThrow(() -> new CliException(ExitCode.USAGE, source + " is not set"));
    }
    if (source.startsWith(FILE)) {
      return SecretInput.read(Path.of(source.substring(FILE.length())));
    }
    throw new CliException(
        ExitCode.USAGE, what + " is given as - (standard input), env:NAME or file:PATH");
  }
}
