package io.jeton.server.cli;

import io.jeton.client.CompanionSpec;
import io.jeton.client.IssueSpec;
import io.jeton.client.IssuedToken;
import io.jeton.client.JetonClient;
import io.jeton.client.Refreshing;
import io.jeton.client.TokenFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton token issue}: makes a token and prints its secret. */
@Command(
    name = "issue",
    description = {
      "Make a token and print its secret.",
      "The secret, alone on a line, is all that is printed to standard output."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  TOKEN=$(jeton token issue --subject alice --scope read,write --expires-in 12h)",
      "  jeton token issue --hex=64 --name \"build server\"",
      "  echo 'LICENCE-0001' | jeton token issue --module demo --code -",
      "  jeton token issue --kind administrator --app-id shop --companion file:file:read"
    })
final class TokenIssueCommand extends ClientCommand {
  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @Option(names = "--kind", paramLabel = "KIND", description = "What it is for. Default: access")
  private String kind = "";

  @Option(names = "--subject", paramLabel = "SUBJECT", description = "Whom it is about.")
  private String subject = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = ",",
      description = "What it allows; repeat it, or separate several by commas.")
  private List<String> scopes = new ArrayList<>();

  @Option(names = "--app-id", paramLabel = "APP", description = "Application to bind it to.")
  private String appId = "";

  @Option(names = "--name", paramLabel = "NAME", description = "A label for people.")
  private @Nullable String name;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "Account it is about, instead of --subject.")
  private String account = "";

  @Option(
      names = "--refresh-window",
      paramLabel = "TIME",
      converter = LifetimeConverter.class,
      description = "How long it can be refreshed: 30d, 12h. Default: it cannot be")
  private @Nullable Duration refreshWindow;

  @Option(
      names = "--refresh-with",
      paramLabel = "WHAT",
      description = {
        "With --refresh-window: itself or pair. Default: itself",
        "A pair's second secret is printed on a second line."
      })
  private RefreshWith refreshWith = RefreshWith.itself;

  @Option(names = "--revealable", description = "Let its secret be listed again.")
  private boolean isRevealable;

  @Option(
      names = "--companion",
      paramLabel = "KIND[:SCOPES]",
      description = {
        "Make a token of this kind with it, which ends with it; repeat it for several.",
        "Scopes are separated by commas. Its secret is printed on a line of its own."
      })
  private List<String> companions = new ArrayList<>();

  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "Makes a repeated call safe: the same id gets the same token for 24 hours.")
  private String requestId = "";

  @Option(
      names = "--module",
      paramLabel = "MODULE",
      description = "Module that it is a licence for. Default: it is no licence")
  private String module = "";

  @Option(
      names = "--sub-module",
      paramLabel = "NAME",
      description = "Sub-module that it is a licence for. Default: the module itself")
  private String subModule = "";

  @Option(names = "--quiet", description = "Do not print id and expiry to standard error.")
  private boolean isQuiet;

  @ArgGroup private @Nullable ExpiryOptions expiry;

  @ArgGroup private @Nullable FormatOptions format;

  /** What it is refreshed with, in the words of the command line. */
  enum RefreshWith {
    itself,
    pair
  }

  /** When it ends; one or none of them. */
  static final class ExpiryOptions {
    @Option(
        names = "--expires-in",
        paramLabel = "TIME",
        converter = LifetimeConverter.class,
        description = "How long it is valid: 30d, 12h, 90m, 45s or PT1H30M. Default: for ever")
    private @Nullable Duration in;

    @Option(
        names = "--expires-at",
        paramLabel = "INSTANT",
        converter = InstantConverter.class,
        description = "When it ends, such as 2030-01-01T00:00:00Z.")
    private @Nullable Instant at;
  }

  /** What its secret looks like; one or none of them. */
  static final class FormatOptions {
    @Option(
        names = "--hex",
        arity = "0..1",
        fallbackValue = "32",
        paramLabel = "N",
        description = "Make the secret N hexadecimal characters, 32 unless said otherwise.")
    private @Nullable Integer hex;

    @Option(
        names = "--code",
        paramLabel = "CODE",
        description = {
          "Use this secret; - reads it from standard input,",
          "which keeps it out of the process list."
        })
    private @Nullable String code;
  }

  TokenIssueCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    IssueSpec spec = spec();
    try (JetonClient client = open()) {
      print(client.tokens().issue(spec));
    }
    return ExitCode.OK;
  }

  private IssueSpec spec() {
    IssueSpec.Builder spec =
        IssueSpec.builder()
            .realm(realm)
            .kind(kind)
            .subject(subject)
            .scopes(scopes)
            .appId(appId)
            .requestId(requestId)
            .accountId(account)
            .module(module)
            .subModule(subModule);
    if (refreshWindow != null) {
      spec.refreshing(
          refreshWith == RefreshWith.pair
              ? new Refreshing.WithPair(refreshWindow)
              : new Refreshing.WithItself(refreshWindow));
    }
    if (isRevealable) {
      spec.revealable();
    }
    companions.forEach(each -> spec.companion(companion(each)));
    if (name != null) {
      spec.name(name);
    }
    if (expiry != null && expiry.in != null) {
      spec.lifetime(expiry.in);
    }
    if (expiry != null && expiry.at != null) {
      spec.expireTime(expiry.at);
    }
    if (format != null && format.hex != null) {
      spec.format(new TokenFormat.Hex(format.hex));
    }
    if (format != null && format.code != null) {
      spec.format(new TokenFormat.Supplied(SecretInput.read(format.code, console().in())));
    }
    return spec.build();
  }

  private static CompanionSpec companion(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? CompanionSpec.of(text)
        : CompanionSpec.of(text.substring(0, colon), text.substring(colon + 1).split(",", -1));
  }

  private void print(IssuedToken issued) {
    if (isJson()) {
      printJson(IssuedView.json(issued));
      return;
    }
    IssuedView.secrets(issued).forEach(out()::println);
    if (!isQuiet) {
      IssuedView.fields(issued).print(console().err());
    }
  }
}
