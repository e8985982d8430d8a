package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.Token;
import io.jeton.client.TokenRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton token revoke}: ends a token for good. */
@Command(
    name = "revoke",
    description = "End a token for good. Revoking it again changes nothing.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton token revoke \"$TOKEN\"",
      "  jeton token revoke --id 7",
      "  printf '%%s' LICENCE-0001 | jeton token revoke - --module demo"
    })
final class TokenRevokeCommand extends ClientCommand {
  @Spec private @Nullable CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TOKEN",
      description = "The token's secret; - reads it from standard input.")
  private @Nullable String token;

  @Option(names = "--id", paramLabel = "ID", description = "The token's id, instead of its secret.")
  private @Nullable String id;

  @ArgGroup(exclusive = false)
  private @Nullable ScopeOptions module;

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  TokenRevokeCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    TokenRef ref = ref().inRealm(realm);
    try (JetonClient client = open()) {
      Token revoked = client.tokens().revoke(ref);
      if (isJson()) {
        printJson(TokenView.json(revoked));
      } else {
        String time = revoked.revokeTime().map(Instant::toString).orElse("an unknown time");
        out().println(Text.escape("token " + revoked.id() + " is revoked since " + time));
      }
    }
    return ExitCode.OK;
  }

  private TokenRef ref() {
    if (id != null && token == null) {
      return ScopeOptions.ref(id, module);
    }
    if (token != null && id == null) {
      return ScopeOptions.ref(SecretInput.read(token, console().in()), module);
    }
    if (command == null) {
      throw new IllegalStateException("call() without a command line");
    }
    throw new ParameterException(command.commandLine(), "give either TOKEN or --id");
  }
}
