package io.jeton.server.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command to run as a child process. It gets this process's environment, without what is meant
 * for Jeton, and the Java that runs the tests.
 */
final class Launch {
  /** The built distribution. */
  static final Path HOME =
      Path.of(
          Optional.ofNullable(System.getProperty("jeton.home"))
              .orElseThrow(() -> new IllegalStateException("jeton.home is not set")));

  /** The variable with what {@code jeton} is to tell its JVM. */
  static final String JAVA_OPTIONS = "JETON_JAVA_OPTS";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<String> command;
  private final Map<String, String> variables = new HashMap<>();
  private Optional<Path> directory = Optional.empty();
  private String input = "";

  private Launch(List<String> command) {
    this.command = command;
  }

  static Launch of(String... command) {
    return new Launch(new ArrayList<>(List.of(command)));
  }

  /** The distribution's jeton command. */
  static Launch jeton(String... arguments) {
    return of(HOME.resolve("bin/jeton").toString()).then(arguments);
  }

  Launch then(String... arguments) {
    command.addAll(List.of(arguments));
    return this;
  }

  /** Runs it by another command, which is given it as its arguments and must become it by exec. */
  Launch under(String... other) {
    command.addAll(0, List.of(other));
    return this;
  }

  /** Sets an environment variable; empty takes it away. */
  Launch with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  Launch in(Path directory) {
    this.directory = Optional.of(directory);
    return this;
  }

  /** What it reads from standard input. */
  Launch input(String input) {
    this.input = input;
    return this;
  }

  Child start() {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("JETON_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    if (!variables.containsKey(JAVA_OPTIONS)) {
      // Servers that live for seconds are faster without the second compiler.
      environment.put(JAVA_OPTIONS, "-XX:TieredStopAtLevel=1 " + ClassArchive.options());
    }
    environment.putAll(variables);
    environment.values().removeIf(String::isEmpty);
    directory.map(Path::toFile).ifPresent(builder::directory);
    try {
      return Child.start(builder, input);
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    }
  }

  /** Runs it to its end, which must come within a minute. */
  Finished run() {
    return run(LIMIT);
  }

  Finished run(Duration limit) {
    try (Child child = start()) {
      int exit = child.awaitExit(limit);
      return new Finished(exit, child.out(), child.err());
    }
  }

  /** Where a program is on the PATH. */
  static Optional<Path> find(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(file -> file.toFile().canExecute())
        .findFirst();
  }
}
