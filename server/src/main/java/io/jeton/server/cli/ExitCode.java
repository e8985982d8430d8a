package io.jeton.server.cli;

/** What the jeton command's exit status means. */
public final class ExitCode {
  /** Done, or "yes". */
  public static final int OK = 0;

  /** The answer is "no": the token is not active or not known, the file has lines to mend. */
  public static final int NO = 1;

  /** The command line was wrong; nothing was done. */
  public static final int USAGE = 2;

  /** The server could not be found or reached, or did not answer in time. */
  public static final int UNAVAILABLE = 3;

  /** The server refused. */
  public static final int REFUSED = 4;

  /** A local file could not be read or written. */
  public static final int LOCAL_FILE = 5;

  /** A node could not start. */
  public static final int NOT_STARTED = 6;

  /** A defect of the command. */
  public static final int INTERNAL = 70;

  private ExitCode() {}
}
