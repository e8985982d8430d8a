package io.jeton.load;

import java.io.PrintStream;
import picocli.CommandLine.Option;

/** How to load, for every command that does. */
final class LoadOptions {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      converter = Positive.class,
      description = "Rounds of each server. Defaults to ${DEFAULT-VALUE}.")
  int rounds = 5;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      converter = Positive.class,
      description = "Seconds of a round. Defaults to ${DEFAULT-VALUE}.")
  int seconds = 10;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      converter = Positive.class,
      description =
          "Seconds to load each server before it is bound to its core. Defaults to"
              + " ${DEFAULT-VALUE}.")
  int warmup = 20;

  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = Positive.class,
      description = "Connections. Defaults to ${DEFAULT-VALUE}.")
  int connections = 8;

  @Option(
      names = "--streams",
      paramLabel = "N",
      converter = Positive.class,
      description = "Calls in flight on each connection. Defaults to ${DEFAULT-VALUE}.")
  int streams = 16;

  @Option(
      names = "--server-cpu",
      paramLabel = "CPU",
      description = "The core that the servers get. Defaults to ${DEFAULT-VALUE}.")
  int serverCpu = 0;

  @Option(
      names = "--load-cpu",
      paramLabel = "CPU",
      description = "The core that this program gets. Defaults to ${DEFAULT-VALUE}.")
  int loadCpu = 1;

  @Option(
      names = "--no-pin",
      description = "Bind nothing to a core. The figures are then not worth much.")
  boolean isUnpinned;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean isJson;

  @Option(names = "--part", hidden = true, description = "It is a part of a whole run.")
  boolean isPart;

  /** Where the result goes: beside the rounds, when it is a part of a whole run. */
  PrintStream out() {
    return isPart ? System.err : System.out;
  }

  /** Where rounds are told as they end: with the result, unless that is to be JSON. */
  PrintStream rows() {
    return isJson ? System.err : out();
  }
}
