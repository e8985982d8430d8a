package io.jeton.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a whole run is given. */
final class AllOptions {
  @Option(
      names = "--all",
      description =
          "Measure everything, one part after the other, and print one table. Takes about an hour.")
  private boolean isAll;

  @Option(
      names = "--quick",
      description = "With --all: few tokens and short rounds, in minutes. No figures to publish.")
  private boolean isQuick;

  @Option(
      names = "--short",
      description = "With --all: a tenth of the tokens and shorter rounds, in about half an hour.")
  private boolean isShort;

  @Option(
      names = "--parts",
      paramLabel = "NAME",
      split = ",",
      description = "With --all: only these parts.")
  private List<String> parts = new ArrayList<>();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "With --all: where to write the result as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "With --all: where to draw latency against rate, as SVG.")
  private @Nullable Path plot;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description =
          "With --all: where to make data directories. Defaults to the system's temporary one.")
  private @Nullable Path workDir;

  @Option(names = "--no-pin", description = "With --all: bind nothing to a core.")
  private boolean isUnpinned;

  boolean isAll() {
    return isAll;
  }

  /** Measures. Blocks. Answers the program's exit code. */
  int run() throws IOException {
    List<String> common = new ArrayList<>();
    if (workDir != null) {
      common.add("--work-dir=" + workDir);
    }
    if (isUnpinned) {
      common.add("--no-pin");
    }
    Parts chosen = new Parts(size(), parts, common, Optional.ofNullable(plot));
    return new WholeRun(chosen, System.out).run(Optional.ofNullable(json));
  }

  private RunSize size() {
    if (isQuick) {
      return RunSize.QUICK;
    }
    return isShort ? RunSize.SHORT : RunSize.FULL;
  }
}
