package io.jeton.load.child;

import io.jeton.load.floor.ConstantRest;
import io.jeton.load.floor.ConstantStub;
import io.jeton.load.floor.Floor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the servers that are measured are started. */
public final class Servers {
  private static final String HOME = "jeton.home";
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError");

  private Servers() {}

  /**
   * Starts {@code jeton serve} of this program's distribution. Blocks until it is ready.
   *
   * @throws BenchException if it does not start
   * @param eventLoops how many threads answer calls; 0 for one a processor
   */
  public static Child jeton(Path dataDirectory, int eventLoops) {
    return jeton(dataDirectory, Map.of("JETON_EVENT_LOOPS", Integer.toString(eventLoops)));
  }

  /**
   * The same with settings.
   *
   * @throws BenchException if it does not start
   * @param environment the settings, as the server's environment has them
   */
  public static Child jeton(Path dataDirectory, Map<String, String> environment) {
    String home = System.getProperty(HOME);
    if (home == null) {
      throw new BenchException("no server to start: run it as `jeton bench`, or give --server");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(home, "bin", "jeton").toString());
    command.addAll(List.of("serve", "--port", "0", "--ops-port", "0"));
    command.addAll(List.of("--data-dir", dataDirectory.toString()));
    return Child.start("jeton", command, environment, "jeton ready on ");
  }

  /** The service key that a server wrote into its new data directory. */
  public static String adminKey(Path dataDirectory) {
    Path file = dataDirectory.resolve("admin.key");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new BenchException(file + ": cannot be read", e);
    }
  }

  /**
   * Starts the floor. Blocks until it is ready.
   *
   * @param flags of its JVM
   * @throws BenchException if it does not start
   */
  public static Child constantStub(Floor floor, List<String> flags) {
    List<String> command = program(ConstantStub.class, flags);
    command.add(floor.name());
    return Child.start("the floor", command, ConstantStub.READY);
  }

  /**
   * Starts the floor of the REST APIs. Blocks until it is ready.
   *
   * @param flags of its JVM
   * @throws BenchException if it does not start
   */
  public static Child constantRest(List<String> flags) {
    return Child.start("the floor", program(ConstantRest.class, flags), ConstantRest.READY);
  }

  /**
   * Starts another floor. Blocks until it is ready.
   *
   * @param ready the line by which it says where it listens, up to the address
   * @param flags of its JVM
   * @throws BenchException if it does not start
   */
  public static Child floor(Class<?> main, String ready, List<String> flags, String argument) {
    List<String> command = program(main, flags);
    command.add(argument);
    return Child.start("the floor", command, ready);
  }

  private static List<String> program(Class<?> main, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    return command;
  }

  /** The JVM flags that a running server was given, so that the floor gets the same. */
  public static Optional<List<String>> flagsOf(ProcessHandle server) {
    return server.info().arguments().map(Servers::flagsIn);
  }

  /** The JVM flags that {@code jeton serve} would get. */
  public static List<String> defaultFlags() {
    List<String> flags = new ArrayList<>(FLAGS);
    String more = System.getenv().getOrDefault("JETON_JAVA_OPTS", "");
    Arrays.stream(more.split("\\s+", -1)).filter(f -> !f.isEmpty()).forEach(flags::add);
    return flags;
  }

  static List<String> flagsIn(String[] arguments) {
    return Arrays.stream(arguments)
        .takeWhile(a -> a.startsWith("-") && !a.equals("-cp"))
        .filter(a -> !a.startsWith("-D" + HOME + "="))
        .toList();
  }
}
