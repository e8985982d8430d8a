package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.Secret;
import io.jeton.client.Session;
import io.jeton.client.SessionChange;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton session update}: changes a session. */
@Command(
    name = "update",
    description = {
      "Change a session. What is not given stays.",
      "SID is where its sid is: - for standard input, env:NAME or file:PATH."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton session update env:SID --data session.json --expires-in 30h",
      "  jeton session update file:sid.txt --no-account"
    })
final class SessionUpdateCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "SID", description = "Where its sid is.")
  private String sid = "";

  @ArgGroup private Login account = new Login();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A file with a new JSON object; - reads it from standard input.")
  private @Nullable String data;

  @ArgGroup private ExpiryOptions expiry = new ExpiryOptions();

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  /** Who is logged in from now on, or that nobody is. */
  static final class Login {
    @Option(names = "--account", paramLabel = "ID", description = "Account that is logged in.")
    private @Nullable String id;

    @Option(names = "--no-account", description = "Let nobody be logged in.")
    private boolean isNone;
  }

  /** When it ends from now on; one or none of them. */
  static final class ExpiryOptions {
    @Option(
        names = "--expires-in",
        paramLabel = "TIME",
        converter = LifetimeConverter.class,
        description = "How long it is valid from now: 30d, 12h, 90m, 45s or PT1H30M.")
    private @Nullable Duration in;

    @Option(
        names = "--expires-at",
        paramLabel = "INSTANT",
        converter = InstantConverter.class,
        description = "When it ends, such as 2030-01-01T00:00:00Z.")
    private @Nullable Instant at;
  }

  SessionUpdateCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    if (sid.equals("-") && "-".equals(data)) {
      throw new CliException(
          ExitCode.USAGE, "standard input is either the sid or the data, not both");
    }
    Secret read = SecretSource.read(sid, console());
    SessionChange change = change();
    try (JetonClient client = open()) {
      Session updated = client.sessions().update(realm, read, change);
      if (isJson()) {
        printJson(SessionView.json(updated));
      } else {
        SessionView.fields(updated).print(out());
      }
    }
    return ExitCode.OK;
  }

  private SessionChange change() {
    SessionChange.Builder change = SessionChange.builder();
    if (account.id != null) {
      change.accountId(account.id);
    }
    if (account.isNone) {
      change.accountId("");
    }
    if (data != null) {
      change.data(DataInput.read(data, console()));
    }
    if (expiry.in != null) {
      change.lifetime(expiry.in);
    }
    if (expiry.at != null) {
      change.expireTime(expiry.at);
    }
    return change.build();
  }
}
