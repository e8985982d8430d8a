package io.jeton.server.storage.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another JVM that runs a test's main class, to be killed. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildJvm start(Class<?> main, Path dataDirectory) throws IOException {
    return new ChildJvm(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Djeton.home=" + System.getProperty("jeton.home"),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                dataDirectory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Blocks for the line of output that begins so, and returns its rest. */
  String await(String beginning) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
    throw new IOException("the child ended before it said " + beginning);
  }

  long pid() {
    return process.pid();
  }

  /** Its guards, and what they run. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** Starts an embedded database, says where it is and stays. */
  static final class RunsDatabase {
    public static void main(String[] args) throws Exception {
      EmbeddedDatabase database = EmbeddedDatabase.start(TestDatabases.settings(Path.of(args[0])));
      System.out.println("pid " + database.pid());
      System.out.println("url " + database.jdbcUrl());
      System.out.println("password " + database.password().reveal());
      System.in.read();
      database.close();
    }
  }

  /** Takes the lock of a data directory, says so and stays. */
  static final class HoldsLock {
    public static void main(String[] args) throws Exception {
      try (DataDirectoryLock lock = DataDirectoryLock.take(Path.of(args[0]))) {
        System.out.println("holds " + lock);
        System.in.read();
      } catch (IOException e) {
        System.out.println("refused " + e.getMessage());
      }
    }
  }
}
