package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say whom to believe that it is the server, and what to show it. */
final class CertificateOptions {
  private static final String CA = "JETON_CA";
  private static final String CERTIFICATE = "JETON_CERT";
  private static final String KEY = "JETON_CERT_KEY";

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = {
        "PEM file with the certificates that may have signed an https server's.",
        "Default: JETON_CA, or the system's"
      })
  private @Nullable Path ca;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "PEM file with the certificate to show the server. Default: JETON_CERT")
  private @Nullable Path certificate;

  @Option(
      names = "--cert-key",
      paramLabel = "FILE",
      description = "PEM file with its key. Default: JETON_CERT_KEY")
  private @Nullable Path key;

  /** Gives them to a client that speaks TLS. */
  void apply(JetonClient.Builder builder, Console console) {
    file(ca, CA, console).ifPresent(builder::ca);
    Optional<Path> shown = file(certificate, CERTIFICATE, console);
    Optional<Path> itsKey = file(key, KEY, console);
    if (shown.isPresent() != itsKey.isPresent()) {
      throw new CliException(ExitCode.USAGE, "--cert and --cert-key are given together");
    }
    if (shown.isPresent() && itsKey.isPresent()) {
      builder.certificate(shown.get(), itsKey.get());
    }
  }

  /** A file that can be read. */
  static Optional<Path> file(@Nullable Path option, String variable, Console console) {
    Optional<Path> file =
        Optional.ofNullable(option).or(() -> console.variable(variable).map(Path::of));
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw new CliException(ExitCode.LOCAL_FILE, "cannot read " + file.get());
    }
    return file;
  }
}
