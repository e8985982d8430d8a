package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which server to call, and with which key. */
final class ConnectionOptions {
  /** Held, because java.util.logging forgets a logger that nobody holds. */
  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

  private static final Path DEFAULT_DATA_DIR = Path.of("jeton-data");

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Server to call: http://HOST:PORT or https://HOST:PORT.")
  private @Nullable String server;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "File that holds the service key to present.")
  private @Nullable Path keyFile;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Data directory of the server. Default: JETON_DATA_DIR, or ./jeton-data")
  private @Nullable Path dataDir;

  @Mixin private CertificateOptions certificates = new CertificateOptions();

  /** A client with a key; a call of it fails with one line. */
  JetonClient open(Console console) {
    String url = server(console);
    return build(url, JetonClient.builder().key(key(url, console)), console);
  }

  /** A client that can only ask for health. */
  JetonClient openWithoutKey(Console console) {
    return build(server(console), JetonClient.builder(), console);
  }

  private JetonClient build(String url, JetonClient.Builder builder, Console console) {
    GRPC_LOG.setLevel(Level.OFF);
    if (url.startsWith("https:")) {
      certificates.apply(builder, console);
    }
    try {
      return builder.server(url).build();
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** Whether the command line names a server or a key. */
  boolean isServerGiven() {
    return server != null || keyFile != null;
  }

  String server(Console console) {
    return Optional.ofNullable(server)
        .or(() -> console.variable("JETON_SERVER"))
        .or(() -> serverOfDataDir(console))
        .orElseThrow(
            () ->
                new CliException(
                    ExitCode.UNAVAILABLE,
                    "no server given and no "
                        + where("server.url", console)
                        + ": start one with 'jeton serve' or name it with --server"));
  }

  /** Where the operators' port of the data directory's server is, if this is that server. */
  Optional<String> opsOfDataDir(String url, Console console) {
    return serverOfDataDir(console)
        .filter(url::equals)
        .flatMap(same -> LocalFiles.read(dataDir(console).resolve("server.ops.url")));
  }

  private String key(String url, Console console) {
    if (keyFile != null) {
      Path file = keyFile;
      return LocalFiles.read(file)
          .orElseThrow(
              () ->
                  new CliException(ExitCode.LOCAL_FILE, "cannot read " + file + ": no such file"));
    }
    Optional<String> given = console.variable("JETON_KEY");
    if (given.isPresent()) {
      return given.get();
    }
    String hint = "name its file with --key-file or put the key in JETON_KEY";
    if (!isOfDataDir(url, console)) {
      throw new CliException(ExitCode.LOCAL_FILE, "no key given for " + url + ": " + hint);
    }
    return LocalFiles.read(dataDir(console).resolve("admin.key"))
        .orElseThrow(
            () ->
                new CliException(
                    ExitCode.LOCAL_FILE,
                    "no key given and no " + where("admin.key", console) + ": " + hint));
  }

  /** The administrator's key of this machine's server is not for a server elsewhere. */
  private boolean isOfDataDir(String url, Console console) {
    return serverOfDataDir(console).filter(url::equals).isPresent() || isLoopback(url);
  }

  private static boolean isLoopback(String url) {
    try {
      String host = URI.create(url).getHost();
      return host != null && host.matches("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Optional<String> serverOfDataDir(Console console) {
    return LocalFiles.read(dataDir(console).resolve("server.url"))
        .filter(url -> isRunning(console));
  }

  /**
   * Whether the process that wrote the file lives: after a kill somebody else may listen there, who
   * must not be sent the key.
   */
  private boolean isRunning(Console console) {
    return LocalFiles.read(dataDir(console).resolve("jeton.lock"))
        .filter(pid -> pid.matches("\\d{1,18}"))
        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).isPresent())
        .orElse(true);
  }

  private Path dataDir(Console console) {
    return givenDataDir(console).orElse(DEFAULT_DATA_DIR);
  }

  /** The data directory that was named. */
  Optional<Path> givenDataDir(Console console) {
    return Optional.ofNullable(dataDir).or(() -> console.variable("JETON_DATA_DIR").map(Path::of));
  }

  private String where(String file, Console console) {
    return dataDir(console).resolve(file) + (givenDataDir(console).isEmpty() ? " here" : "");
  }
}
