package io.jeton.server.cli;

import io.jeton.client.Caller;
import io.jeton.client.JetonClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jeton caller get}: shows one caller. */
@Command(name = "get", description = "Show a caller.")
final class CallerGetCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The caller's name.")
  private String name = "";

  CallerGetCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open()) {
      Caller caller = client.callers().get(name);
      if (isJson()) {
        printJson(CallerView.json(caller));
      } else {
        CallerView.fields(caller).print(out());
      }
    }
    return ExitCode.OK;
  }
}
