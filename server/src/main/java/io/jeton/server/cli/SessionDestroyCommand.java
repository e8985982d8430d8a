package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton session destroy}: ends a session. */
@Command(
    name = "destroy",
    description = {
      "End a session. One that is not there is no error, and the exit status is 1.",
      "SID is where its sid is: - for standard input, env:NAME or file:PATH."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  jeton session destroy env:SID", "  jeton session destroy --id 7"})
final class SessionDestroyCommand extends ClientCommand {
  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  /** What names the session; one of them. */
  static final class Which {
    @Parameters(index = "0", paramLabel = "SID", description = "Where its sid is.")
    private @Nullable String sid;

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "The session's id, instead of its sid.")
    private @Nullable String id;
  }

  SessionDestroyCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    boolean isDestroyed = destroy();
    if (isJson()) {
      printJson(Map.of("destroyed", isDestroyed));
    } else {
      out().println(isDestroyed ? "the session has ended" : "there is no such session");
    }
    return isDestroyed ? ExitCode.OK : ExitCode.NO;
  }

  private boolean destroy() {
    if (which.id != null) {
      try (JetonClient client = open()) {
        return client.sessions().destroyById(realm, which.id);
      }
    }
    if (which.sid == null) {
      throw new IllegalStateException("the command line has neither sid nor id");
    }
    Secret sid = SecretSource.read(which.sid, console());
    try (JetonClient client = open()) {
      return client.sessions().destroy(realm, sid);
    }
  }
}
