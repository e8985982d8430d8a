package io.jeton.server.cli;

import io.jeton.client.AccountChange;
import io.jeton.client.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton account update}: changes an account. */
@Command(
    name = "update",
    description = {
      "Change an account. What is not given stays; an empty text is taken away.",
      "SOURCE is where a secret is: - for standard input, env:NAME or file:PATH."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton account update seven --set-email seven@example.org",
      "  jeton account update --id 7 --set-phone= --password -"
    })
final class AccountUpdateCommand extends AccountChangeCommand {
  @Option(names = "--set-name", paramLabel = "NAME", description = "A name to log in with.")
  private @Nullable String name;

  @Option(names = "--set-email", paramLabel = "EMAIL", description = "An address to log in with.")
  private @Nullable String email;

  @Option(
      names = "--set-phone",
      paramLabel = "PHONE",
      description = "A phone number to log in with.")
  private @Nullable String phone;

  @Option(names = "--set-qq", paramLabel = "QQ", description = "A QQ number.")
  private @Nullable String qq;

  @ArgGroup private Password password = new Password();

  @Option(names = "--profile", paramLabel = "JSON", description = "A JSON object.")
  private @Nullable String profile;

  /** The password, or that there is to be none. */
  static final class Password {
    @Option(
        names = "--password",
        paramLabel = PasswordInput.LABEL,
        description = "Where a new password is.")
    private @Nullable String source;

    @Option(names = "--no-password", description = "Take its password away: no login succeeds.")
    private boolean isNone;
  }

  AccountUpdateCommand(Console console) {
    super(console);
  }

  @Override
  AccountChange change() {
    AccountChange.Builder change = AccountChange.builder();
    if (name != null) {
      change.name(name);
    }
    if (email != null) {
      change.email(email);
    }
    if (phone != null) {
      change.phone(phone);
    }
    if (qq != null) {
      change.qq(qq);
    }
    if (password.source != null) {
      change.password(PasswordInput.read(password.source, console()));
    }
    if (password.isNone) {
      change.password(Secret.of(""));
    }
    if (profile != null) {
      change.profile(profile);
    }
    return change.build();
  }
}
