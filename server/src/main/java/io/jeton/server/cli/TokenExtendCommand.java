package io.jeton.server.cli;

import io.jeton.client.ExtendSpec;
import io.jeton.client.JetonClient;
import io.jeton.client.Token;
import io.jeton.client.TokenRef;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton token extend}: moves a token's end. */
@Command(
    name = "extend",
    description = {
      "Move a token's end, also that of an expired one, which is valid again then.",
      "The end of what it can be refreshed in stays."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton token extend --id 7 --by 30d",
      "  printf '%%s' LICENCE-0001 | jeton token extend --token - --module demo --by 3600s",
      "  jeton token extend --id 7 --to 2030-01-01T00:00:00Z"
    })
final class TokenExtendCommand extends ClientCommand {
  @ArgGroup(multiplicity = "1")
  private @Nullable WhichOptions which;

  @ArgGroup(multiplicity = "1")
  private @Nullable ToOptions to;

  @ArgGroup(exclusive = false)
  private @Nullable ScopeOptions module;

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  /** Which token; one of them. */
  static final class WhichOptions {
    @Option(names = "--id", paramLabel = "ID", description = "The token's id.")
    private @Nullable String id;

    @Option(
        names = "--token",
        paramLabel = "SOURCE",
        description = "Where its secret is: - for standard input, env:NAME or file:PATH.")
    private @Nullable String token;
  }

  /** Where to; one of them. */
  static final class ToOptions {
    @Option(
        names = "--by",
        paramLabel = "TIME",
        converter = LifetimeConverter.class,
        description = "How far, from its end or, if that is past, from now: 30d, 12h, 45s.")
    private @Nullable Duration by;

    @Option(
        names = "--to",
        paramLabel = "INSTANT",
        converter = InstantConverter.class,
        description = "When it ends, such as 2030-01-01T00:00:00Z.")
    private @Nullable Instant to;
  }

  TokenExtendCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    ExtendSpec spec = spec();
    try (JetonClient client = open()) {
      Token extended = client.tokens().extend(spec);
      if (isJson()) {
        printJson(TokenView.json(extended));
      } else {
        TokenView.fields(extended).print(out());
      }
    }
    return ExitCode.OK;
  }

  private ExtendSpec spec() {
    if (which == null || to == null) {
      throw new IllegalStateException("call() without a command line");
    }
    TokenRef ref =
        which.token == null
            ? ScopeOptions.ref(String.valueOf(which.id), module)
            : ScopeOptions.ref(SecretSource.read(which.token, console()), module);
    if (to.by != null) {
      return ExtendSpec.by(ref.inRealm(realm), to.by);
    }
    if (to.to == null) {
      throw new IllegalStateException("call() without a command line");
    }
    return ExtendSpec.to(ref.inRealm(realm), to.to);
  }
}
