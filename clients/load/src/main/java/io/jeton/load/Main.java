package io.jeton.load;

import io.jeton.load.child.BenchException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code jeton bench}. */
@Command(
    name = "jeton bench",
    description = "Measures Jeton against what the same stack can do at most, side by side.",
    mixinStandardHelpOptions = true,
    subcommands = {VerifyCommand.class, StartCommand.class, FloorCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  /** Exits with 1 when an answer was wrong or the measurement failed, with 2 on wrong usage. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine command = new CommandLine(new Main());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(
        (e, line, result) -> {
          if (e instanceof BenchException || e instanceof IOException) {
            line.getErr().println("jeton bench: " + e.getMessage());
            return 1;
          }
          throw e;
        });
    if (args.length == 0) {
      command.usage(command.getErr());
      return 2;
    }
    return command.execute(args);
  }
}
