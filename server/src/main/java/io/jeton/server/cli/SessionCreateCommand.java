package io.jeton.server.cli;

import io.jeton.client.CreatedSession;
import io.jeton.client.JetonClient;
import io.jeton.client.SessionSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton session create}: adds a session and prints its sid. */
@Command(
    name = "create",
    description = {
      "Add a session and print its sid.",
      "The sid, alone on a line, is all that is printed to standard output.",
      "SOURCE is where a secret is: - for standard input, env:NAME or file:PATH."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  SID=$(jeton session create --account 7 --expires-in 30h)",
      "  jeton session create --sid env:SID --data session.json --expires-in 30h"
    })
final class SessionCreateCommand extends ClientCommand {
  @Option(
      names = "--sid",
      paramLabel = "SOURCE",
      description = "Where its sid is. Default: a random one")
  private @Nullable String sid;

  @Option(names = "--account", paramLabel = "ID", description = "Account that is logged in.")
  private String account = "";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A file with its JSON object; - reads it from standard input. Default: {}")
  private @Nullable String data;

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @Option(names = "--quiet", description = "Do not print id and expiry to standard error.")
  private boolean isQuiet;

  @ArgGroup(multiplicity = "1")
  private ExpiryOptions expiry = new ExpiryOptions();

  /** When it ends; one of them. */
  static final class ExpiryOptions {
    @Option(
        names = "--expires-in",
        paramLabel = "TIME",
        converter = LifetimeConverter.class,
        description = "How long it is valid: 30d, 12h, 90m, 45s or PT1H30M.")
    private @Nullable Duration in;

    @Option(
        names = "--expires-at",
        paramLabel = "INSTANT",
        converter = InstantConverter.class,
        description = "When it ends, such as 2030-01-01T00:00:00Z.")
    private @Nullable Instant at;
  }

  SessionCreateCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    if ("-".equals(sid) && "-".equals(data)) {
      throw new CliException(
          ExitCode.USAGE, "standard input is either the sid or the data, not both");
    }
    SessionSpec spec = spec();
    try (JetonClient client = open()) {
      print(client.sessions().create(spec));
    }
    return ExitCode.OK;
  }

  private SessionSpec spec() {
    SessionSpec.Builder spec;
    if (expiry.in != null) {
      spec = SessionSpec.lasting(expiry.in);
    } else if (expiry.at != null) {
      spec = SessionSpec.until(expiry.at);
    } else {
      throw new IllegalStateException("the command line has neither end");
    }
    spec.realm(realm).accountId(account);
    if (sid != null) {
      spec.sid(SecretSource.read(sid, console()));
    }
    if (data != null) {
      spec.data(DataInput.read(data, console()));
    }
    return spec.build();
  }

  private void print(CreatedSession created) {
    if (isJson()) {
      Map<String, @Nullable Object> fields = SessionView.json(created.session());
      fields.put("sid", created.sid().reveal());
      printJson(fields);
      return;
    }
    out().println(Text.escape(created.sid().reveal()));
    if (!isQuiet) {
      new Fields()
          .put("id", created.session().id())
          .put("expires", created.session().expireTime().toString())
          .print(console().err());
    }
  }
}
