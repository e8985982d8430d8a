package io.jeton.server.cli;

import io.jeton.client.AccountChange;
import io.jeton.client.JetonClient;
import io.jeton.client.UpdatedAccount;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command that changes one account, and shows it as it is then. */
abstract class AccountChangeCommand extends ClientCommand {
  @Mixin private AccountOptions account = new AccountOptions();

  AccountChangeCommand(Console console) {
    super(console);
  }

  /** What to change. */
  abstract AccountChange change();

  @Override
  public final Integer call() {
    AccountChange change = change();
    try (JetonClient client = open()) {
      UpdatedAccount updated = client.accounts().update(account.ref(), change);
      if (isJson()) {
        Map<String, @Nullable Object> fields = AccountView.json(updated.account());
        fields.put("revoked", updated.revoked());
        printJson(fields);
      } else {
        AccountView.fields(updated.account())
            .put("revoked", updated.revoked() + " tokens")
            .print(out());
      }
    }
    return ExitCode.OK;
  }
}
