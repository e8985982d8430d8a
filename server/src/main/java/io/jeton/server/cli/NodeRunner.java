package io.jeton.server.cli;

/**
 * Runs what needs the whole server. A failure that the operator can mend is a {@link CliException}.
 */
public interface NodeRunner extends Upkeep {

  /**
   * Starts a node and blocks until it has stopped.
   *
   * @return the exit status
   */
  int serve(ServeOptions options);

  /**
   * Starts a bridge and blocks until it has stopped.
   *
   * @return the exit status
   */
  int bridge(BridgeOptions options);

  /**
   * Brings the database's schema to this version and returns.
   *
   * @return the exit status
   */
  int migrate(MigrateOptions options);
}
