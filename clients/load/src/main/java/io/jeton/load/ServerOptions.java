package io.jeton.load;

import io.jeton.load.child.BenchException;
import io.jeton.load.child.Child;
import io.jeton.load.child.Servers;
import io.jeton.load.http2.Target;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server to measure. */
final class ServerOptions {
  /** A server that runs, and the JVM flags that it was given. */
  record Running(Target target, Optional<ProcessHandle> process, List<String> flags) {}

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "A running server, with its service key in JETON_KEY. It keeps the tokens. By default"
              + " one is started on a new data directory.")
  private @Nullable URI server;

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      description = "That server's process, to bind it to a core and read its processor time.")
  private @Nullable Long serverPid;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where to make the data directory. Defaults to the system's temporary one.")
  private Path workDir = Path.of(System.getProperty("java.io.tmpdir"));

  Path workDir() {
    return workDir;
  }

  /** The server that the user runs, if that is the one to measure. */
  Optional<Running> running() {
    URI uri = server;
    if (uri == null) {
      return Optional.empty();
    }
    String key = System.getenv("JETON_KEY");
    if (key == null) {
      throw new BenchException("JETON_KEY is not set (expected: a service key for --server)");
    }
    Optional<ProcessHandle> process = Optional.ofNullable(serverPid).map(ServerOptions::process);
    return Optional.of(
        new Running(
            target(uri, key),
            process,
            process.flatMap(Servers::flagsOf).orElseGet(Servers::defaultFlags)));
  }

  /** A server that was started on a data directory. */
  static Running started(Child server, Path dataDirectory) {
    return new Running(
        target(server.uri(), Servers.adminKey(dataDirectory)),
        Optional.of(server.process()),
        Servers.flagsOf(server.process()).orElseGet(Servers::defaultFlags));
  }

  private static Target target(URI uri, String key) {
    try {
      return new Target(uri, key);
    } catch (IllegalArgumentException e) {
      throw new BenchException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ProcessHandle process(long pid) {
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new BenchException("--server-pid " + pid + ": no such process"));
  }
}
