package io.jeton.server.storage.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process that ends when this one does. Safe for use by several threads. */
final class GuardedProcess {
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);

  private final Process guard;
  private final long pid;

  private GuardedProcess(Process guard, long pid) {
    this.guard = guard;
    this.pid = pid;
  }

  /**
   * Starts the command under {@link Guard}, in an empty environment: ours may hold secrets.
   *
   * @param log where its output is appended
   */
  static GuardedProcess start(List<String> command, Path input, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Guard.command(input, command));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "LD_LIBRARY_PATH"));
    Process guard = builder.start();
    BufferedReader output =
        new BufferedReader(
            new InputStreamReader(guard.getInputStream(), StandardCharsets.US_ASCII));
    String pid = output.readLine();
    if (pid == null) {
      guard.destroyForcibly();
      throw new IOException("sh ended before it started " + command.get(0));
    }
    return new GuardedProcess(guard, Long.parseLong(pid));
  }

  /** The process id of what is guarded. */
  long pid() {
    return pid;
  }

  boolean isAlive() {
    return guard.isAlive();
  }

  /** Blocks until it ended; the exit status is 128 + n after signal n. */
  int waitFor() throws InterruptedException {
    return guard.waitFor();
  }

  boolean waitFor(Duration timeout) throws InterruptedException {
    return guard.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends it, cleanly if it does so within {@link Guard#GRACE}, and blocks until it ended. */
  void stop() {
    try {
      guard.getOutputStream().close();
    } catch (IOException e) {
      // The guard is gone: there is nothing left to tell it.
    }
    // The guard does the same, unless somebody killed the part of it that listens.
    signal(ProcessHandle::destroy);
    awaitEnd(Guard.GRACE);
    kill();
  }

  /** Ends it at once, and blocks until it ended. One that has ended already is left alone. */
  void kill() {
    signal(ProcessHandle::destroyForcibly);
    awaitEnd(KILLED_WITHIN);
    guard.destroyForcibly();
  }

  /** While the guard lives the process id is the guarded process's, and no other's. */
  private void signal(Consumer<ProcessHandle> signal) {
    if (guard.isAlive()) {
      ProcessHandle.of(pid).ifPresent(signal);
    }
  }

  private void awaitEnd(Duration timeout) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + timeout.toNanos();
    while (guard.isAlive() && System.nanoTime() < deadline) {
      try {
        guard.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
