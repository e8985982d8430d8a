package io.jeton.server.cli;

import io.jeton.client.ForeignTokens;
import io.jeton.client.JetonClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code jeton key trust}: says which tokens of an original server the keys of a name vouch for.
 */
@Command(
    name = "trust",
    description = {
      "Say which tokens of an original server the HMAC keys of a name vouch for.",
      "It replaces what was said before."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton key trust thinksns --accept-until 2026-12-01T00:00:00Z --refresh-window 28d",
      "  jeton key trust thinksns --none"
    })
final class KeyTrustCommand extends ClientCommand {
  @Spec private @Nullable CommandSpec command;

  @Parameters(index = "0", paramLabel = "NAME", description = "The name of the keys.")
  private String name = "";

  @Option(
      names = "--accept-until",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = "Take only tokens that were issued before this time.")
  private @Nullable Instant acceptUntil;

  @Option(
      names = "--refresh-window",
      paramLabel = "LENGTH",
      converter = LifetimeConverter.class,
      description = "How long after their issue they can be refreshed. Default: not at all")
  private @Nullable Duration refreshWindow;

  @Option(
      names = "--claim",
      paramLabel = "NAME=TEXT",
      description = "The text that a claim must have if it is there. May be repeated.")
  private Map<String, String> claims = new LinkedHashMap<>();

  @Option(
      names = "--issuer",
      paramLabel = "INSTANCE",
      description = "The contract instance that they are of. Default: none")
  private String issuer = "";

  @Option(names = "--none", description = "Take none any more.")
  private boolean isNone;

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  KeyTrustCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    Optional<ForeignTokens> foreign = foreignTokens();
    try (JetonClient client = open()) {
      client.keys().setForeignTokens(realm, name, foreign);
    }
    if (isJson()) {
      printJson(
          Map.of("key", name, "accept_until", foreign.map(f -> f.acceptUntil() + "").orElse("")));
    } else {
      out()
          .println(
              Text.escape(
                  foreign
                      .map(f -> name + " vouches for tokens issued before " + f.acceptUntil())
                      .orElse(name + " vouches for no foreign token")));
    }
    return ExitCode.OK;
  }

  private Optional<ForeignTokens> foreignTokens() {
    if (isNone == (acceptUntil != null)) {
      if (command == null) {
        throw new IllegalStateException("call() without a command line");
      }
      throw new ParameterException(command.commandLine(), "give either --accept-until or --none");
    }
    return Optional.ofNullable(acceptUntil)
        .map(until -> new ForeignTokens(until, Optional.ofNullable(refreshWindow), claims, issuer));
  }
}
