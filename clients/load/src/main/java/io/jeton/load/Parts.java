package io.jeton.load;

import io.jeton.load.child.BenchException;
import io.jeton.load.child.Heap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The parts of a whole run, in order, and how long they take. */
final class Parts {
  /** A command and what it is given. */
  record Part(String name, Supplier<Measurement> command, List<String> arguments) {
    /** The command, given its arguments. */
    Measurement measurement() {
      Measurement measurement = command.get();
      new CommandLine(measurement)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .parseArgs(arguments.toArray(String[]::new));
      return measurement;
    }
  }

  private final RunSize size;
  private final List<Part> all = new ArrayList<>();
  private final List<String> names;

  /**
   * Chooses parts.
   *
   * @param names of those to run; none for all
   * @param common options of every part, after its own
   */
  Parts(RunSize size, List<String> names, List<String> common, Optional<Path> plot) {
    this.size = size;
    this.names = names;
    String tokens = "--tokens=" + size.tokens;
    String fewer = "--tokens=" + Math.min(100_000, size.tokens);
    add("verify", VerifyCommand::new, common, tokens, Heap.isReadable() ? "--memory" : "");
    add("batch", BatchCommand::new, common, tokens);
    add("miss", MissCommand::new, common, tokens);
    String longer = "--warmup=" + size.writeWarmup;
    add("issue", IssueCommand::new, common, longer);
    add("refresh", RefreshCommand::new, common, longer);
    add("chatot", RestCommand::new, common, fewer, "chatot");
    add("liveget", RestCommand::new, common, fewer, "liveget");
    add("rows", RowsCommand::new, common, "--rows=" + size.rows);
    add("logins", FloodCommand::new, common, fewer, "logins");
    add("unknown", FloodCommand::new, common, fewer, "unknown");
    List<String> latency = new ArrayList<>(List.of(fewer, "--rounds=1"));
    plot.ifPresent(file -> latency.add("--plot=" + file));
    add("latency", LatencyCommand::new, common, latency.toArray(String[]::new));
    add("mixed", MixedCommand::new, common, size.mixed);
    all.add(
        new Part(
            "start",
            StartCommand::new,
            workDir(common, List.of("--part", "--runs=" + size.rounds))));
    names.forEach(this::requireKnown);
  }

  /** Those to run. */
  List<Part> chosen() {
    return names.isEmpty() ? all : all.stream().filter(part -> names.contains(part.name)).toList();
  }

  /** About how long they take. */
  int minutes() {
    return Math.max(1, size.minutes * chosen().size() / all.size());
  }

  private void add(String name, Supplier<Measurement> command, List<String> common, String... own) {
    List<String> arguments = new ArrayList<>(List.of("--part"));
    arguments.add("--seconds=" + size.seconds);
    arguments.add("--warmup=" + size.warmup);
    arguments.add("--rounds=" + size.rounds);
    for (String argument : own) {
      if (!argument.isEmpty()) {
        String key = argument.split("=", -1)[0] + "=";
        arguments.removeIf(each -> each.startsWith(key));
        arguments.add(argument);
      }
    }
    arguments.addAll(common);
    all.add(new Part(name, command, arguments));
  }

  private static List<String> workDir(List<String> common, List<String> own) {
    List<String> arguments = new ArrayList<>(own);
    common.stream().filter(each -> each.startsWith("--work-dir=")).forEach(arguments::add);
    return arguments;
  }

  private void requireKnown(String name) {
    List<String> known = all.stream().map(Part::name).toList();
    if (!known.contains(name)) {
      throw new BenchException(
          "--parts: %s (expected: some of %s)".formatted(name, String.join(", ", known)));
    }
  }
}
