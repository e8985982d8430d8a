package io.jeton.server.cli;

import io.jeton.client.Account;
import io.jeton.client.JetonClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code jeton account get}: shows one account. */
@Command(
    name = "get",
    description = "Show an account.",
    footerHeading = "%nExamples:%n",
    footer = {"  jeton account get seven@example.org", "  jeton account get --id 7 --json"})
final class AccountGetCommand extends ClientCommand {
  @Mixin private AccountOptions account = new AccountOptions();

  AccountGetCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open()) {
      Account found = client.accounts().get(account.ref());
      if (isJson()) {
        printJson(AccountView.json(found));
      } else {
        AccountView.fields(found).print(out());
      }
    }
    return ExitCode.OK;
  }
}
