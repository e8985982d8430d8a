package io.jeton.server.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running child process. Closing it kills it and all that it started. */
final class Child implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private Child(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Child start(ProcessBuilder builder, String input) throws IOException {
    Path out = Files.createTempFile("jeton-it-", ".out");
    Path err = Files.createTempFile("jeton-it-", ".err");
    out.toFile().deleteOnExit();
    err.toFile().deleteOnExit();
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Child child = new Child(builder.start(), out, err);
    try (OutputStream stream = child.process.getOutputStream()) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended, or does not read: what matters is what it answers.
    }
    return child;
  }

  long pid() {
    return process.pid();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  int exit() {
    return process.exitValue();
  }

  int awaitExit(Duration limit) {
    await("the end of " + process.info().commandLine().orElse("a process"))
        .atMost(limit)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !process.isAlive());
    return process.exitValue();
  }

  /** Sends a signal by its name, such as TERM. */
  void signal(String name) {
    // It is no JVM, and has to work while the JVMs' options are being made.
    Launch.of("kill", "-" + name, Long.toString(pid()))
        .with(Launch.JAVA_OPTIONS, "")
        .run()
        .requireOk();
  }

  /** Kills this process alone, as kill -9 does, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
