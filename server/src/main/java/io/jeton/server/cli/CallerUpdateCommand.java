package io.jeton.server.cli;

import io.jeton.client.Caller;
import io.jeton.client.JetonClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code jeton caller update}: replaces a caller's grants. */
@Command(name = "update", description = "Replace what a caller is allowed; its key stays.")
final class CallerUpdateCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The caller's name.")
  private String name = "";

  @Mixin private GrantOptions grants = new GrantOptions();

  CallerUpdateCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open()) {
      Caller caller = client.callers().update(name, grants.grants());
      if (isJson()) {
        printJson(CallerView.json(caller));
      } else {
        CallerView.fields(caller).print(out());
      }
    }
    return ExitCode.OK;
  }
}
