package io.jeton.load;

import picocli.CommandLine.Option;

/** How to load, for every command that does. */
final class LoadOptions {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of each server. Defaults to ${DEFAULT-VALUE}.")
  int rounds = 5;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Seconds of a round. Defaults to ${DEFAULT-VALUE}.")
  int seconds = 10;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      description =
          "Seconds to load each server before it is bound to its core. Defaults to"
              + " ${DEFAULT-VALUE}.")
  int warmup = 15;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections. Defaults to ${DEFAULT-VALUE}.")
  int connections = 8;

  @Option(
      names = "--streams",
      paramLabel = "N",
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

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean isJson;
}
