package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.TokenGroup;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jeton token revoke-all}: ends all tokens that have something in common. */
@Command(
    name = "revoke-all",
    description = {
      "End all tokens that have something in common, however many they are, for good.",
      "Tokens that are issued later are not touched."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton token revoke-all --subject alice",
      "  jeton token revoke-all --module demo --realm shop",
      "  jeton token revoke-all --whole-realm --yes --realm shop"
    })
final class TokenRevokeAllCommand extends ClientCommand {
  @Spec private @Nullable CommandSpec command;

  @ArgGroup(multiplicity = "1")
  private Of of = new Of();

  @Option(names = "--yes", description = "Really end every token of the realm.")
  private boolean isSure;

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  TokenRevokeAllCommand(Console console) {
    super(console);
  }

  /** What they have in common: one of these. */
  static final class Of {
    @Option(
        names = "--subject",
        paramLabel = "SUBJECT",
        description = "Those about it; --subject= those about nobody.")
    private @Nullable String subject;

    @Option(names = "--app", paramLabel = "APP", description = "Those bound to it.")
    private @Nullable String app;

    @Option(
        names = "--module",
        paramLabel = "MODULE",
        description = "The licences for it and its sub-modules.")
    private @Nullable String module;

    @Option(names = "--kind", paramLabel = "KIND", description = "Those of it.")
    private @Nullable String kind;

    @Option(names = "--whole-realm", description = "All of them. Needs --yes.")
    private boolean isWholeRealm;

    TokenGroup group() {
      if (subject != null) {
        return TokenGroup.ofSubject(subject);
      }
      if (app != null) {
        return TokenGroup.ofApplication(app);
      }
      if (module != null) {
        return TokenGroup.ofModule(module);
      }
      return kind == null ? TokenGroup.wholeRealm() : TokenGroup.ofKind(kind);
    }
  }

  @Override
  public Integer call() {
    if (of.isWholeRealm && !isSure && command != null) {
      throw new ParameterException(
          command.commandLine(), "--whole-realm ends every token of the realm: add --yes");
    }
    try (JetonClient client = open()) {
      Instant time = client.tokens().revokeAll(of.group().inRealm(realm));
      if (isJson()) {
        printJson(Map.of("revoke_time", time.toString()));
      } else {
        out().println("all such tokens are revoked since " + time);
      }
    }
    return ExitCode.OK;
  }
}
