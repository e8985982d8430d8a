package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.SigningAlgorithm;
import io.jeton.client.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton key create}: adds a signing key. */
@Command(
    name = "create",
    description = "Add a signing key: a random one, or one with the secret of an original server.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton key create web --algorithm ES256",
      "  jeton key create web --algorithm ES256 --sign-after 2h",
      "  jeton key create thinksns --algorithm HS256 --secret file:jwt-secret.txt"
    })
final class KeyCreateCommand extends ClientCommand {
  /** As many bytes as the shortest digest (RFC 7518 section 3.2). */
  private static final int SHORTEST = 32;

  @Parameters(index = "0", paramLabel = "NAME", description = "What tokens are signed by.")
  private String name = "";

  @Option(
      names = "--algorithm",
      paramLabel = "ALGORITHM",
      required = true,
      converter = AlgorithmConverter.class,
      description = "HS256, HS512, ES256 or RS256.")
  private SigningAlgorithm algorithm = SigningAlgorithm.OTHER;

  @Option(
      names = "--secret",
      paramLabel = "REFERENCE",
      description = {
        "The secret of an HMAC key: env:NAME, file:PATH, or - for standard input,",
        "without the line end behind it. Default: a random one"
      })
  private @Nullable String secret;

  @Option(
      names = "--sign-after",
      paramLabel = "LENGTH",
      converter = LifetimeConverter.class,
      description = {
        "Publish it this long before it signs, so that whoever holds the public keys",
        "has it by then; until then the one before it signs. Default: sign at once"
      })
  private Duration signAfter = Duration.ZERO;

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  KeyCreateCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    Optional<byte[]> given =
        secret == null ? Optional.empty() : Optional.of(KeySecretInput.read(secret, console()));
    given.ifPresent(this::warn);
    try (JetonClient client = open()) {
      SigningKey key = client.keys().create(realm, name, algorithm, given, signAfter);
      if (isJson()) {
        printJson(KeyView.json(key));
      } else {
        KeyView.fields(key).print(out());
      }
    }
    return ExitCode.OK;
  }

  private void warn(byte[] given) {
    if (Arrays.equals(given, "changeme".getBytes(StandardCharsets.UTF_8))) {
      console().err().println("warning: the secret is a published default: anybody can sign");
    } else if (given.length < SHORTEST) {
      console()
          .err()
          .println("warning: the secret is shorter than " + SHORTEST + " bytes and may be guessed");
    }
  }
}
