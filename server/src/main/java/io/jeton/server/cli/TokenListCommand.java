package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.ListSpec;
import io.jeton.client.Token;
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
      "  jeton token list --subject= --json     # anonymous tokens, one JSON object per line"
    })
final class TokenListCommand extends ClientCommand {
  private static final int PAGE_SIZE = 200;

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @Option(names = "--subject", paramLabel = "SUBJECT", description = "Only tokens about it.")
  private @Nullable String subject;

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
    ListSpec asked = subject == null ? spec : spec.about(subject);
    try (JetonClient client = open();
        Stream<Token> tokens = client.tokens().list(asked).limit(most)) {
      if (isJson()) {
        tokens.map(TokenView::json).forEach(this::printJson);
      } else {
        printTable(tokens);
      }
    }
    return ExitCode.OK;
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
