package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.ListSpec;
import io.jeton.client.RevealedToken;
import io.jeton.client.Secret;
import io.jeton.client.Token;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton token list}: shows the tokens of a realm. */
@Command(
    name = "list",
    description = {
      "List the tokens that are not revoked, expired ones too.",
      "They come by subject, and then in the order they were issued."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton token list --subject alice",
      "  jeton token list --subject= --json     # anonymous tokens, one JSON object per line",
      "  jeton token list --issuer animeloop --reveal"
    })
final class TokenListCommand extends ClientCommand {
  private static final int PAGE_SIZE = 200;

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @Option(names = "--subject", paramLabel = "SUBJECT", description = "Only tokens about it.")
  private @Nullable String subject;

  @Option(
      names = "--issuer",
      paramLabel = "INSTANCE",
      description = "Only tokens that this contract instance made.")
  private @Nullable String issuer;

  @Option(
      names = "--reveal",
      description = "Show the secrets too, of tokens that were issued revealable.")
  private boolean isRevealing;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "List no more than this many.")
  private @Nullable Integer limit;

  TokenListCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    int most = limit == null ? Integer.MAX_VALUE : limit;
    ListSpec spec = ListSpec.all().inRealm(realm).pageSize(Math.min(PAGE_SIZE, most));
    ListSpec ofSubject = subject == null ? spec : spec.about(subject);
    ListSpec asked = issuer == null ? ofSubject : ofSubject.madeBy(issuer);
    try (JetonClient client = open()) {
      if (isRevealing) {
        try (Stream<RevealedToken> tokens = client.tokens().reveal(asked).limit(most)) {
          printRevealed(tokens);
        }
      } else {
        try (Stream<Token> tokens = client.tokens().list(asked).limit(most)) {
          printListed(tokens);
        }
      }
    }
    return ExitCode.OK;
  }

  private void printListed(Stream<Token> tokens) {
    if (isJson()) {
      tokens.map(TokenView::json).forEach(this::printJson);
    } else {
      printTable(tokens);
    }
  }

  private void printRevealed(Stream<RevealedToken> tokens) {
    if (isJson()) {
      tokens.map(TokenListCommand::json).forEach(this::printJson);
      return;
    }
    Table table = new Table(out(), "ID", "SUBJECT", "NAME", "SECRET");
    tokens.forEach(
        t ->
            table.add(
                t.token().id(),
                t.token().subject().isEmpty() ? "-" : t.token().subject(),
                t.token().name().orElse("-"),
                t.secret().map(Secret::reveal).orElse("-")));
    table.end();
  }

  private static Map<String, @Nullable Object> json(RevealedToken token) {
    Map<String, @Nullable Object> fields = TokenView.json(token.token());
    fields.put("secret", token.secret().map(Secret::reveal).orElse(null));
    return fields;
  }

  private void printTable(Stream<Token> tokens) {
    Table table =
        new Table(out(), "ID", "SUBJECT", "KIND", "SCOPES", "APP", "ISSUED", "EXPIRES", "NAME");
    tokens.forEach(
        t ->
            table.add(
                t.id(),
                t.subject().isEmpty() ? "-" : t.subject(),
                t.kind(),
                t.scopes().isEmpty() ? "-" : String.join(" ", t.scopes()),
                t.appId().orElse("-"),
                t.issueTime().toString(),
                TokenView.expiry(t),
                t.name().orElse("-")));
    table.end();
  }
}
