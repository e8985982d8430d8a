package io.jeton.server.cli;

import io.jeton.client.BindSpec;
import io.jeton.client.JetonClient;
import io.jeton.client.Token;
import io.jeton.client.TokenRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton token bind}: gives an anonymous token its subject, or a licence its machine. */
@Command(
    name = "bind",
    description = {
      "Give an anonymous token its subject and scopes, or a licence its machine, once.",
      "Binding it to the same again changes nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton token bind --id 7 --subject alice --scope read,write",
      "  printf '%%s' \"$TOKEN\" | jeton token bind --token - --account 1",
      "  printf '%%s' LICENCE-0001 | jeton token bind --token - --module demo --machine PC-7"
    })
final class TokenBindCommand extends ClientCommand {
  @ArgGroup(multiplicity = "1")
  private @Nullable WhichOptions which;

  @ArgGroup(multiplicity = "1")
  private @Nullable ToOptions to;

  @ArgGroup(exclusive = false)
  private @Nullable ScopeOptions module;

  @Option(
      names = "--rebind",
      description = "With --machine: in place of the one it is bound to; '' unbinds it.")
  private boolean isRebinding;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = ",",
      description = "What it allows from now on; repeat it, or separate several by commas.")
  private List<String> scopes = new ArrayList<>();

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  /** Which token; one of them. */
  static final class WhichOptions {
    @Option(names = "--id", paramLabel = "ID", description = "The token's id.")
    private @Nullable String id;

    @Option(
        names = "--token",
        paramLabel = "SOURCE",
        description = "Where its secret is: - for standard input, env:NAME or file:PATH.")
    private @Nullable String token;
  }

  /** To whom; one of them. */
  static final class ToOptions {
    @Option(names = "--subject", paramLabel = "SUBJECT", description = "Whom it is about.")
    private @Nullable String subject;

    @Option(names = "--account", paramLabel = "ID", description = "The account it is about.")
    private @Nullable String account;

    @Option(
        names = "--machine",
        paramLabel = "MACHINE",
        description = "The machine that a licence may be used on.")
    private @Nullable String machine;
  }

  TokenBindCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    BindSpec spec = spec();
    try (JetonClient client = open()) {
      Token bound = client.tokens().bind(spec);
      if (isJson()) {
        printJson(TokenView.json(bound));
      } else {
        TokenView.fields(bound).print(out());
      }
    }
    return ExitCode.OK;
  }

  private BindSpec spec() {
    if (which == null || to == null) {
      throw new IllegalStateException("call() without a command line");
    }
    TokenRef ref =
        which.token == null
            ? ScopeOptions.ref(String.valueOf(which.id), module)
            : ScopeOptions.ref(SecretSource.read(which.token, console()), module);
    return new BindSpec(
        ref.inRealm(realm),
        to.subject == null ? "" : to.subject,
        to.account == null ? "" : to.account,
        scopes,
        Optional.ofNullable(to.machine),
        isRebinding);
  }
}
