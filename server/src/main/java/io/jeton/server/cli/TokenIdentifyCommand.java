package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.JetonException;
import io.jeton.client.Secret;
import io.jeton.client.Token;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton token identify}: says what a string is. */
@Command(
    name = "identify",
    description = {
      "Say what a string is, and what the server has of it.",
      "A revoked or expired token is shown too. Exits with 1 when the string is",
      "damaged or the server has no such token."
    },
    footerHeading = "%nExample:%n",
    footer = "  pbpaste | jeton token identify - --offline")
final class TokenIdentifyCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "TOKEN",
      description = "The string; - reads it from standard input.")
  private String token = "";

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @ArgGroup(exclusive = false)
  private @Nullable ScopeOptions module;

  @Option(names = "--offline", description = "Do not ask a server.")
  private boolean isOffline;

  TokenIdentifyCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    Secret secret = SecretInput.read(token, console().in());
    Appearance appearance = Appearance.of(secret.reveal());
    boolean isAsked = !isOffline && appearance.isLookedUp();
    Optional<Token> found = isAsked ? find(secret) : Optional.empty();
    print(appearance, isAsked, found);
    boolean isUnknown = isAsked && found.isEmpty();
    return isUnknown || appearance.isBroken() ? ExitCode.NO : ExitCode.OK;
  }

  private Optional<Token> find(Secret secret) {
    try (JetonClient client = open()) {
      return Optional.of(client.tokens().get(ScopeOptions.ref(secret, module).inRealm(realm)));
    } catch (JetonException e) {
      if (e.reason().filter("TOKEN_NOT_FOUND"::equals).isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void print(Appearance appearance, boolean isAsked, Optional<Token> found) {
    if (isJson()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("format", appearance.format());
      fields.put("looked_up", isAsked);
      fields.put("token", found.map(TokenView::json).orElse(null));
      printJson(fields);
      return;
    }
    out().println(appearance.description());
    if (isAsked) {
      found.ifPresentOrElse(
          t -> TokenView.fields(t).print(out()),
          () -> out().println("the server has no such token in the realm"));
    }
  }
}
