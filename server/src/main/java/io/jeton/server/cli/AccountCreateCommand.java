package io.jeton.server.cli;

import io.jeton.client.Account;
import io.jeton.client.AccountSpec;
import io.jeton.client.JetonClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton account create}: adds an account. */
@Command(
    name = "create",
    description = {
      "Add an account.",
      "SOURCE is where a secret is: - for standard input, env:NAME or file:PATH."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton account create --name seven --email seven@example.org --password -",
      "  jeton account create --id 7 --name seven --password file:seven.password",
      "  jeton account create --name old --password-hash env:HASH   # of another system"
    })
final class AccountCreateCommand extends ClientCommand {
  @Option(names = "--id", paramLabel = "ID", description = "Its id. Default: the next one")
  private String id = "";

  @Option(names = "--name", paramLabel = "NAME", description = "A name to log in with.")
  private @Nullable String name;

  @Option(names = "--email", paramLabel = "EMAIL", description = "An address to log in with.")
  private @Nullable String email;

  @Option(names = "--phone", paramLabel = "PHONE", description = "A phone number to log in with.")
  private @Nullable String phone;

  @Option(names = "--qq", paramLabel = "QQ", description = "A QQ number.")
  private @Nullable String qq;

  @ArgGroup private Credential credential = new Credential();

  @Option(names = "--profile", paramLabel = "JSON", description = "A JSON object. Default: {}")
  private String profile = "";

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  /** What a login is checked against. */
  static final class Credential {
    @Option(
        names = "--password",
        paramLabel = PasswordInput.LABEL,
        description = "Where its password is. Without one no login succeeds.")
    private @Nullable String password;

    @Option(
        names = "--password-hash",
        paramLabel = PasswordInput.LABEL,
        description = "Where a bcrypt or Argon2id hash of it is.")
    private @Nullable String hash;
  }

  AccountCreateCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    AccountSpec spec = spec();
    try (JetonClient client = open()) {
      Account account = client.accounts().create(spec);
      if (isJson()) {
        printJson(AccountView.json(account));
      } else {
        AccountView.fields(account).print(out());
      }
    }
    return ExitCode.OK;
  }

  private AccountSpec spec() {
    AccountSpec.Builder spec = AccountSpec.builder().realm(realm).id(id).profile(profile);
    if (name != null) {
      spec.name(name);
    }
    if (email != null) {
      spec.email(email);
    }
    if (phone != null) {
      spec.phone(phone);
    }
    if (qq != null) {
      spec.qq(qq);
    }
    if (credential.password != null) {
      spec.password(PasswordInput.read(credential.password, console()));
    }
    if (credential.hash != null) {
      spec.passwordHash(PasswordInput.read(credential.hash, console()));
    }
    return spec.build();
  }
}
