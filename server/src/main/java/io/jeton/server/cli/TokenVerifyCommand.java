package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.TimedVerdict;
import io.jeton.client.Verdict;
import io.jeton.client.VerifySpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton token verify}: judges a presented token. */
@Command(
    name = "verify",
    description = {
      "Judge a presented token.",
      "Prints active and what is known of it, or inactive: REASON.",
      "Exits with 0 when it is active, 1 when it is not."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton token verify \"$TOKEN\" --scope read",
      "  jeton token verify - --module-identification ident-demo --machine PC-7",
      "  printf '%%s' \"$TOKEN\" | jeton token verify -    # not in the process list",
      "  jeton token verify \"$TOKEN\" --app-id shop --act-as-user 42   # an administrator's token"
    })
final class TokenVerifyCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "TOKEN",
      description = "The presented secret; - reads it from standard input.")
  private String token = "";

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = ",",
      description = "What it must allow; repeat it, or separate several by commas.")
  private List<String> scopes = new ArrayList<>();

  @Option(names = "--app-id", paramLabel = "APP", description = "Application it is used with.")
  private String appId = "";

  @Option(names = "--machine", paramLabel = "MACHINE", description = "Machine it is used on.")
  private String machine = "";

  @Option(
      names = "--module-identification",
      paramLabel = "IDENTIFICATION",
      description = "Module that it must be a licence for.")
  private String identification = "";

  @Option(
      names = "--sub-module",
      paramLabel = "NAME",
      description = "Sub-module that it must be a licence for. Default: the module itself")
  private String subModule = "";

  @Option(
      names = "--issuer",
      paramLabel = "INSTANCE",
      description = "Contract instance that made the licence. Default: none")
  private String issuer = "";

  @Option(
      names = "--timing",
      description = "Also print which layer of the server answered, in how many milliseconds.")
  private boolean isTimed;

  @ArgGroup private @Nullable ActOptions act;

  /** As whom an administrator acts; one or none of them. */
  static final class ActOptions {
    @Option(
        names = "--act-as-user",
        paramLabel = "ID",
        description = {
          "User that an administrator acts as, with --app-id.",
          "The act is written to the audit table."
        })
    private @Nullable Long user;

    @Option(
        names = "--act-as-group",
        paramLabel = "ID",
        description = "Group as whose administrator one acts, with --app-id.")
    private @Nullable Long group;
  }

  TokenVerifyCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    VerifySpec spec = spec();
    try (JetonClient client = open()) {
      TimedVerdict timed =
          isTimed
              ? client.tokens().verifyTimed(spec)
              : new TimedVerdict(client.tokens().verify(spec), "");
      Verdict verdict = timed.verdict();
      print(verdict, timed.timing());
      return verdict.active() ? ExitCode.OK : ExitCode.NO;
    }
  }

  private VerifySpec spec() {
    VerifySpec spec =
        VerifySpec.of(SecretInput.read(token, console().in()))
            .inRealm(realm)
            .requiring(scopes.toArray(String[]::new))
            .forApp(appId)
            .onMachine(machine)
            .forModule(identification, subModule, issuer);
    if (act != null && act.user != null) {
      return spec.actingAsUser(act.user);
    }
    return act != null && act.group != null ? spec.actingAsGroup(act.group) : spec;
  }

  private void print(Verdict verdict, String timing) {
    if (isJson()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("active", verdict.active());
      fields.put("reason", verdict.reason().map(TokenVerifyCommand::word).orElse(null));
      fields.put("token", verdict.token().map(TokenView::json).orElse(null));
      fields.put("served_from", word(verdict.servedFrom()));
      String effective = verdict.effectiveSubject();
      fields.put("effective_subject", effective.isEmpty() ? null : effective);
      if (isTimed) {
        fields.put("timing", timing);
      }
      printJson(fields);
      return;
    }
    out().println(verdict.reason().map(reason -> "inactive: " + word(reason)).orElse("active"));
    verdict
        .token()
        .ifPresent(
            t -> {
              Fields fields = TokenView.fields(t);
              if (act != null) {
                fields.put("acts as", verdict.effectiveSubject());
              }
              fields.print(out());
            });
    if (isTimed) {
      out().println("timing: " + Text.escape(timing.isEmpty() ? "not told" : timing));
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
