package io.jeton.server.cli;

import io.jeton.client.Caller;
import io.jeton.client.JetonClient;
import java.time.Instant;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code jeton caller list}: shows every caller. */
@Command(name = "list", description = "List the callers by name, disabled ones too.")
final class CallerListCommand extends ClientCommand {
  CallerListCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open();
        Stream<Caller> callers = client.callers().list()) {
      if (isJson()) {
        callers.map(CallerView::json).forEach(this::printJson);
      } else {
        Table table = new Table(out(), "NAME", "CREATED", "DISABLED", "GRANTS");
        callers.forEach(
            c ->
                table.add(
                    c.name(),
                    c.createTime().toString(),
                    c.disableTime().map(Instant::toString).orElse("-"),
                    CallerView.grants(c)));
        table.end();
      }
    }
    return ExitCode.OK;
  }
}
