package io.jeton.server.cli;

import io.jeton.client.IssuedToken;
import io.jeton.client.JetonClient;
import io.jeton.client.Refresh;
import io.jeton.client.RefreshSpec;
import io.jeton.client.TokenFormat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton token refresh}: ends a secret and prints the next one. */
@Command(
    name = "refresh",
    description = {
      "End a refresh secret and print the token's secret and, for a pair, the next",
      "refresh secret on a second line. Exits with 1 when it cannot be refreshed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  printf '%%s' \"$REFRESH\" | jeton token refresh - --expires-in 2h",
      "  jeton token refresh file:refresh.secret --expires-in 2h"
    })
final class TokenRefreshCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "Where the secret is: - for standard input, env:NAME or file:PATH.")
  private String source = "";

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @Option(
      names = "--expires-in",
      paramLabel = "TIME",
      converter = LifetimeConverter.class,
      description = "How long the renewed token is valid: 12h, 90m. Default: for ever")
  private @Nullable Duration lifetime;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      converter = LifetimeConverter.class,
      description = "How long the old secret gets the same answer. Default: 10s")
  private @Nullable Duration grace;

  @Option(
      names = "--hex",
      arity = "0..1",
      fallbackValue = "32",
      paramLabel = "N",
      description = "Make the secret N hexadecimal characters, 32 unless said otherwise.")
  private @Nullable Integer hex;

  @Option(
      names = "--accept-token",
      description = "Also take the secret of a token that is refreshed with a pair.")
  private boolean acceptsToken;

  @Option(
      names = "--refuse-reused",
      description = "Do not revoke the family when the secret was refreshed before.")
  private boolean refusesReused;

  @Option(names = "--quiet", description = "Do not print id and expiry to standard error.")
  private boolean isQuiet;

  TokenRefreshCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    RefreshSpec spec = spec();
    try (JetonClient client = open()) {
      Refresh refresh = client.tokens().refresh(spec);
      print(refresh);
      return refresh.renewed().isPresent() ? ExitCode.OK : ExitCode.NO;
    }
  }

  private RefreshSpec spec() {
    RefreshSpec.Builder spec =
        RefreshSpec.builder(SecretSource.read(source, console())).realm(realm);
    if (lifetime != null) {
      spec.lifetime(lifetime);
    }
    if (grace != null) {
      spec.grace(grace);
    }
    if (hex != null) {
      spec.format(new TokenFormat.Hex(hex));
    }
    if (acceptsToken) {
      spec.acceptToken();
    }
    if (refusesReused) {
      spec.refuseReused();
    }
    return spec.build();
  }

  private void print(Refresh refresh) {
    String reason = refresh.reason().map(each -> each.name().toLowerCase(Locale.ROOT)).orElse("");
    if (isJson()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("refreshed", refresh.renewed().isPresent());
      fields.put("reason", reason.isEmpty() ? null : reason);
      fields.put("token", refresh.renewed().map(IssuedView::json).orElse(null));
      fields.put("repeated", refresh.repeated());
      printJson(fields);
      return;
    }
    if (refresh.renewed().isEmpty()) {
      console().err().println("not refreshed: " + reason);
      return;
    }
    IssuedToken renewed = refresh.renewed().get();
    IssuedView.secrets(renewed).forEach(out()::println);
    if (!isQuiet) {
      IssuedView.fields(renewed).print(console().err());
    }
  }
}
