package io.jeton.load;

import io.jeton.load.child.BenchException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program behind {@code jeton bench}. */
@Command(
    name = "jeton bench",
    description = "Measures Jeton against what the same stack can do at most, side by side.",
    subcommands = {
      VerifyCommand.class,
      RestCommand.class,
      FloodCommand.class,
      IssueCommand.class,
      RefreshCommand.class,
      MissCommand.class,
      BatchCommand.class,
      StartCommand.class,
      FloorCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  boolean isHelp;

  /** Exits with 1 when an answer was wrong or the measurement failed, with 2 on wrong usage. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine command = new CommandLine(new Main());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setUsageHelpWidth(100);
    command.setParameterExceptionHandler(
        (e, line) -> {
          command.getErr().println("jeton bench: " + e.getMessage() + " (see --help)");
          return 2;
        });
    command.setExecutionExceptionHandler(
        (e, line, result) -> {
          if (e instanceof BenchException || e instanceof IOException) {
            line.getErr().println("jeton bench: " + e.getMessage());
            return 1;
          }
          throw e;
        });
    return command.execute(args);
  }
}
