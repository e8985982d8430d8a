package io.jeton.server.cli;

import io.jeton.server.domain.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code jeton bridge}: answers the legacy APIs from a server elsewhere, until it is told to stop.
 */
@Command(
    name = "bridge",
    description = {
      "Answer the legacy APIs from a server elsewhere; no database is needed here.",
      "Prints one line once it answers: jeton ready on URL",
      "Of the configuration file only the ports, contracts and proxies count."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  # What each contract needs, in each realm that it serves; sign= is the instance's name.",
      "  # animeloop: issue,list,reveal,revoke,verify,sign=animeloop",
      "  # chatot: issue,login,verify",
      "  # lanying: issue,login,reveal,verify,sign=lanying",
      "  # liveget: issue,list,revoke,verify",
      "  # thinksns: issue,login,revoke,verify,sign=thinksns",
      "  jeton caller create bridge --key-out bridge.key --grant \\",
      "      default:issue,list,login,reveal,revoke,verify,sign=animeloop,sign=lanying,sign=thinksns",
      "  jeton bridge --core http://10.0.0.5:8420 --key-file bridge.key --port 8080"
    })
final class BridgeCommand implements Callable<Integer> {
  private final NodeRunner runner;
  private final Console console;

  @Option(
      names = "--core",
      paramLabel = "URL",
      required = true,
      converter = ServerUrlConverter.class,
      description = "Server that keeps the tokens: http://HOST:PORT or https://HOST:PORT.")
  private @Nullable URI core;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "File that holds the service key to present. Default: JETON_KEY")
  private @Nullable Path keyFile;

  @Option(
      names = "--core-ca",
      paramLabel = "FILE",
      description = {
        "PEM file with the certificates that may have signed an https server's.",
        "Default: JETON_CA, or the system's"
      })
  private @Nullable Path coreCa;

  @Option(
      names = "--core-cert",
      paramLabel = "FILE",
      description = "PEM file with the certificate to show that server. Default: JETON_CERT")
  private @Nullable Path coreCertificate;

  @Option(
      names = "--core-cert-key",
      paramLabel = "FILE",
      description = "PEM file with its key. Default: JETON_CERT_KEY")
  private @Nullable Path coreCertificateKey;

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file to read.")
  private @Nullable Path config;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Address to listen on. Default: 127.0.0.1")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Port of the legacy APIs; 0 picks a free one. Default: 8420")
  private @Nullable Integer port;

  @Option(
      names = "--ops-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Port of metrics and health; 0 picks a free one.")
  private @Nullable Integer opsPort;

  BridgeCommand(NodeRunner runner, Console console) {
    this.runner = runner;
    this.console = console;
  }

  @Override
  public Integer call() {
    if (core == null) {
      throw new IllegalStateException("the option is required");
    }
    return runner.bridge(
        new BridgeOptions(
            core,
            key(),
            new BridgeOptions.Certificates(
                CertificateOptions.file(coreCa, "JETON_CA", console),
                CertificateOptions.file(coreCertificate, "JETON_CERT", console),
                CertificateOptions.file(coreCertificateKey, "JETON_CERT_KEY", console)),
            Optional.ofNullable(config),
            Optional.ofNullable(host),
            Optional.ofNullable(port),
            Optional.ofNullable(opsPort)));
  }

  private Secret key() {
    Optional<String> key =
        keyFile == null ? console.variable("JETON_KEY") : LocalFiles.read(keyFile);
    return Secret.of(
        key.filter(text -> !text.isEmpty())
            .orElseThrow(
                () ->
                    new CliException(
                        ExitCode.LOCAL_FILE,
                        keyFile == null
                            ? "no key given: name its file with --key-file or put it in JETON_KEY"
                            : "no key in " + keyFile)));
  }
}
