package io.jeton.load.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A server in a process of its own, which prints a line with its address once it answers. */
public final class Child implements AutoCloseable {
  private static final long START_SECONDS = 180;
  private static final long STOP_SECONDS = 60;

  private final String name;
  private final Process process;
  private final long spawnNanos;
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private volatile long readyNanos;
  private volatile String lastLine = "it printed nothing";

  private Child(String name, Process process, long spawnNanos) {
    this.name = name;
    this.process = process;
    this.spawnNanos = spawnNanos;
  }

  /**
   * Starts a command. Blocks until it prints the line that begins with {@code readyPrefix} and ends
   * with its address.
   *
   * @throws BenchException if it ends before, or takes more than three minutes
   */
  static Child start(String name, List<String> command, String readyPrefix) {
    return start(name, command, Map.of(), readyPrefix);
  }

  /** The same, with these environment variables beside those of this process. */
  static Child start(
      String name, List<String> command, Map<String, String> environment, String readyPrefix) {
    // It would be bound to the core that this program is bound to.
    Pin.release();
    long begin = System.nanoTime();
    Child child;
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      child = new Child(name, process, begin);
      // Whatever ends this program, a server that it started does not outlive it.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    } catch (IOException e) {
      throw new BenchException(name + " cannot be started: " + e.getMessage(), e);
    }
    var reader = new Thread(() -> child.read(readyPrefix), name + " output");
    reader.setDaemon(true);
    reader.start();
    try {
      child.ready.get(START_SECONDS, SECONDS);
      return child;
    } catch (ExecutionException | TimeoutException e) {
      child.close();
      throw new BenchException(name + " did not become ready: " + child.lastLine, e);
    } catch (InterruptedException e) {
      child.close();
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** Where it listens. */
  public URI uri() {
    return ready.join();
  }

  /** The process. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** The point on {@link System#nanoTime}'s scale at which the process was begun. */
  public long spawnNanos() {
    return spawnNanos;
  }

  /** The point on {@link System#nanoTime}'s scale at which it printed its address. */
  public long readyNanos() {
    return readyNanos;
  }

  /** Ends it with SIGTERM, and with SIGKILL when that has not ended it within a minute. Blocks. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private void read(String readyPrefix) {
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(readyPrefix) && !ready.isDone()) {
          readyNanos = System.nanoTime();
          ready.complete(URI.create(line.substring(readyPrefix.length()).strip()));
        } else if (!line.isBlank()) {
          lastLine = line;
        }
      }
      ready.completeExceptionally(new IOException("the output ended"));
    } catch (IOException e) {
      ready.completeExceptionally(new UncheckedIOException(e));
    }
  }
}
