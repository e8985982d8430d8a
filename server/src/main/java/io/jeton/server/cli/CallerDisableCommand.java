package io.jeton.server.cli;

import io.jeton.client.Caller;
import io.jeton.client.JetonClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jeton caller disable}: ends a caller's key for good. */
@Command(name = "disable", description = "End a caller's key for good; its name stays taken.")
final class CallerDisableCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The caller's name.")
  private String name = "";

  CallerDisableCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open()) {
      Caller caller = client.callers().disable(name);
      if (isJson()) {
        printJson(CallerView.json(caller));
      } else {
        CallerView.fields(caller).print(out());
      }
    }
    return ExitCode.OK;
  }
}
