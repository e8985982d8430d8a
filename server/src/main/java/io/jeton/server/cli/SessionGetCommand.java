package io.jeton.server.cli;

import io.jeton.client.Account;
import io.jeton.client.FoundSession;
import io.jeton.client.JetonClient;
import io.jeton.client.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton session get}: shows one session. */
@Command(
    name = "get",
    description = {
      "Show a session and the account that is logged in.",
      "SID is where its sid is: - for standard input, env:NAME or file:PATH."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  jeton session get env:SID", "  echo \"$SID\" | jeton session get - --json"})
final class SessionGetCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "SID", description = "Where its sid is.")
  private String sid = "";

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  SessionGetCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    Secret read = SecretSource.read(sid, console());
    try (JetonClient client = open()) {
      FoundSession found = client.sessions().get(realm, read);
      if (isJson()) {
        Map<String, @Nullable Object> fields = SessionView.json(found.session());
        fields.put("account", found.account().map(AccountView::json).orElse(null));
        printJson(fields);
      } else {
        Fields fields = SessionView.fields(found.session());
        found.account().ifPresent(account -> fields.put("login", login(account)));
        found.account().ifPresent(account -> fields.put("state", AccountView.state(account)));
        fields.print(out());
      }
    }
    return ExitCode.OK;
  }

  private static String login(Account account) {
    return account.name().or(account::email).or(account::phone).orElse("-");
  }
}
