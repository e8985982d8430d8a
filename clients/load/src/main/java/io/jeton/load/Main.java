package io.jeton.load;

import static java.util.Objects.requireNonNull;

import io.jeton.load.child.BenchException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

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
      MixedCommand.class,
      LatencyCommand.class,
      RowsCommand.class,
      StartCommand.class,
      FloorCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final AllOptions all = new AllOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  boolean isHelp;

  @Override
  public Integer call() throws IOException {
    if (!all.isAll()) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(), "Missing a command, or --all");
    }
    return all.run();
  }

  /** Exits with 1 when an answer was wrong or the measurement failed, with 2 on wrong usage. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine command = new CommandLine(new Main()).setAllowSubcommandsAsOptionParameters(true);
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
