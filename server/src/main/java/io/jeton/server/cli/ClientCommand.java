package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that calls a server. */
abstract class ClientCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--json", description = "Print JSON, one object per line.")
  private boolean isJson;

  ClientCommand(Console console) {
    this.console = console;
  }

  final Console console() {
    return console;
  }

  final PrintWriter out() {
    return console.out();
  }

  final ConnectionOptions connection() {
    return connection;
  }

  final JetonClient open() {
    return connection.open(console);
  }

  final boolean isJson() {
    return isJson;
  }

  final void printJson(Map<String, ? extends @Nullable Object> fields) {
    out().println(Json.line(fields));
  }
}
