package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.Session;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton session list}: shows the sessions of an account. */
@Command(
    name = "list",
    description = "List the live sessions of an account, the oldest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton session list --account 7",
      "  jeton session list --account 7 --realm shop --json     # one JSON object per line"
    })
final class SessionListCommand extends ClientCommand {
  @Option(
      names = "--account",
      paramLabel = "ID",
      required = true,
      description = "Account that is logged in.")
  private String account = "";

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "List no more than this many.")
  private @Nullable Integer limit;

  SessionListCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open();
        Stream<Session> sessions =
            client
                .sessions()
                .list(realm, account)
                .limit(limit == null ? Integer.MAX_VALUE : limit)) {
      if (isJson()) {
        sessions.map(SessionView::json).forEach(this::printJson);
      } else {
        Table table = new Table(out(), "ID", "CREATED", "EXPIRES");
        sessions.forEach(
            s -> table.add(s.id(), s.createTime().toString(), s.expireTime().toString()));
        table.end();
      }
    }
    return ExitCode.OK;
  }
}
