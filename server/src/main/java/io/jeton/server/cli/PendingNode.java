package io.jeton.server.cli;

/** Stands in until the server core is merged. */
final class PendingNode implements NodeRunner {
  @Override
  public int serve(ServeOptions options) {
    throw new CliException(ExitCode.INTERNAL, "this build has no server");
  }

  @Override
  public int migrate(MigrateOptions options) {
    throw new CliException(ExitCode.INTERNAL, "this build has no server");
  }
}
