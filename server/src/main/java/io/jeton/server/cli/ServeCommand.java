package io.jeton.server.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton serve}: runs a node until it is told to stop. */
@Command(
    name = "serve",
    description = "Run the server. Prints one line once it answers: jeton ready on URL",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton serve                              # embedded database in ./jeton-data",
      "  jeton serve --demo                       # with examples to paste",
      "  jeton serve --port 0 --data-dir /srv/jeton",
      "  jeton serve --config jeton.yaml"
    })
final class ServeCommand implements Callable<Integer> {
  private final NodeRunner runner;

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file to read.")
  private @Nullable Path config;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the server keeps its files. Default: ./jeton-data")
  private @Nullable Path dataDir;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Address to listen on. Default: 127.0.0.1")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Port of gRPC and REST; 0 picks a free one. Default: 8420")
  private @Nullable Integer port;

  @Option(
      names = "--ops-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Port of metrics and documentation; 0 picks a free one.")
  private @Nullable Integer opsPort;

  @Option(
      names = "--demo",
      description = {
        "Load accounts and tokens to try the legacy APIs with, and print a curl line",
        "for each of their calls. Everybody knows their passwords: never for real data."
      })
  private boolean demo;

  @Option(
      names = "--import",
      paramLabel = "FILE",
      description = {
        "Import this file before the first call is answered; see: jeton import --help.",
        "With a line that is refused the server does not start."
      })
  private @Nullable Path importFile;

  ServeCommand(NodeRunner runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() {
    return runner.serve(
        new ServeOptions(
            Optional.ofNullable(config),
            Optional.ofNullable(dataDir),
            Optional.ofNullable(host),
            Optional.ofNullable(port),
            Optional.ofNullable(opsPort),
            demo,
            Optional.ofNullable(importFile)));
  }
}
