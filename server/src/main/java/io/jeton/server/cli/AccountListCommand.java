package io.jeton.server.cli;

import io.jeton.client.Account;
import io.jeton.client.JetonClient;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton account list}: shows the accounts of a realm. */
@Command(
    name = "list",
    description = "List the accounts by id, disabled ones too.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton account list --realm shop --limit 20",
      "  jeton account list --json     # one JSON object per line"
    })
final class AccountListCommand extends ClientCommand {
  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "List no more than this many.")
  private @Nullable Integer limit;

  AccountListCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open();
        Stream<Account> accounts =
            client.accounts().list(realm).limit(limit == null ? Integer.MAX_VALUE : limit)) {
      if (isJson()) {
        accounts.map(AccountView::json).forEach(this::printJson);
      } else {
        Table table = new Table(out(), "ID", "NAME", "EMAIL", "PHONE", "QQ", "STATE", "CREATED");
        accounts.forEach(
            a ->
                table.add(
                    a.id(),
                    a.name().orElse("-"),
                    a.email().orElse("-"),
                    a.phone().orElse("-"),
                    a.qq().orElse("-"),
                    AccountView.state(a),
                    a.createTime().toString()));
        table.end();
      }
    }
    return ExitCode.OK;
  }
}
