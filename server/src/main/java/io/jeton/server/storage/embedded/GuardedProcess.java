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

/** A process that ends when this one does. Safe for use by several threads. */
final class GuardedProcess {
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
    boolean interrupted = false;
    try {
      guard.getOutputStream().close();
    } catch (IOException e) {
      // The guard is gone: there is nothing left to tell it.
    }
    if (guard.isAlive()) {
      // The guard does the same, unless somebody killed the part of it that listens.
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
    long deadline = System.nanoTime() + Guard.GRACE.plusSeconds(5).toNanos();
    while (guard.isAlive() && System.nanoTime() < deadline) {
      try {
        guard.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (guard.isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      guard.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
