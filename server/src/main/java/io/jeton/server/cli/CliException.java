package io.jeton.server.cli;

/** Ends the command with one line on standard error. The line holds no secret. */
public final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  /**
   * Ends the command.
   *
   * @param exitCode a value of {@link ExitCode}
   * @param message what is printed after {@code error: }
   */
  public CliException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The status that the command ends with. */
  public int exitCode() {
    return exitCode;
  }
}
