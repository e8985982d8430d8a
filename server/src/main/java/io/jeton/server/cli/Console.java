package io.jeton.server.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/**
 * What a command reads and writes.
 *
 * @param out standard output
 * @param err standard error
 * @param in standard input
 * @param env the environment's variables
 */
record Console(PrintWriter out, PrintWriter err, InputStream in, Map<String, String> env) {

  /** A variable of the environment; an empty one counts as not set. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(env.get(name)).filter(value -> !value.isEmpty());
  }
}
