package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jeton.client.JetonClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server of the distribution in a process of its own. Closing it leaves nothing running. */
final class JetonProcess implements AutoCloseable {
  private static final String READY = "jeton ready on ";

  private final Child child;
  private final Path dataDirectory;
  private final Path seenDataDirectory;

  private JetonProcess(Child child, Path dataDirectory, Path seenDataDirectory) {
    this.child = child;
    this.dataDirectory = dataDirectory;
    this.seenDataDirectory = seenDataDirectory;
  }

  /** Starts one on free ports and waits until it answers. */
  static JetonProcess start(Path dataDirectory, String... options) {
    return start(
        Launch.jeton("serve", "--port", "0", "--data-dir", dataDirectory.toString()).then(options),
        dataDirectory);
  }

  /** Starts one and waits until it answers. */
  static JetonProcess start(Launch serve, Path dataDirectory) {
    return start(serve, dataDirectory, dataDirectory);
  }

  /** Starts one that calls its data directory by another name than this process. */
  static JetonProcess start(Launch serve, Path dataDirectory, Path seenDataDirectory) {
    JetonProcess server = new JetonProcess(serve.start(), dataDirectory, seenDataDirectory);
    try {
      await("the ready line")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> server.child.out().endsWith("\n") || !server.child.isRunning());
      assertThat(server.child.out())
          .as("standard output; standard error: %s", server.child.err())
          .matches("(?s)" + READY + "https?://\\S+\n.*");
      return server;
    } catch (Throwable e) {
      server.close();
      throw e;
    }
  }

  String url() {
    return child.out().lines().findFirst().orElseThrow().substring(READY.length());
  }

  /** What it has printed since it is ready. */
  List<String> examples() {
    return child.out().lines().skip(1).toList();
  }

  /** Its port. */
  int port() {
    return Integer.parseInt(url().substring(url().lastIndexOf(':') + 1));
  }

  Path dataDirectory() {
    return dataDirectory;
  }

  /** The administrator's key. */
  String key() {
    try {
      return Files.readString(seenDataDirectory.resolve("admin.key")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client that may do everything; the caller closes it. */
  JetonClient client() {
    return JetonClient.builder().server(url()).key(key()).deadline(Duration.ofSeconds(30)).build();
  }

  Child process() {
    return child;
  }

  /** Kills the server, but not its database, as kill -9 does. */
  void kill() {
    child.kill();
  }

  /** Stops it as the system does, and requires that it ends well. */
  void stop() {
    child.signal("TERM");
    assertThat(child.awaitExit(Duration.ofSeconds(40)))
        .as("exit status; standard error: %s", child.err())
        .isZero();
  }

  @Override
  public void close() {
    child.close();
    MariaDbs.kill(dataDirectory);
  }
}
