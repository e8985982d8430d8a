package io.jeton.load.database;

import java.sql.Connection;
import java.sql.SQLException;

/** What each thread of a floor does again and again, on a connection of its own. */
interface Work {
  /** One repetition; answers whether it came to what it should. */
  @FunctionalInterface
  interface Step {
    boolean run() throws SQLException;
  }

  /**
   * Prepares a thread's part, before the time runs. Blocks.
   *
   * @param thread its number, from 0
   */
  Step on(Connection connection, int thread) throws SQLException;
}
