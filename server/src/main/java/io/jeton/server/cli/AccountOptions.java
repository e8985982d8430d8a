package io.jeton.server.cli;

import io.jeton.client.AccountRef;
import io.jeton.client.AccountRef.By;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What names an account on the command line. */
final class AccountOptions {
  @ArgGroup(multiplicity = "1")
  private Name account = new Name();

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  /** One of its names. */
  static final class Name {
    @Parameters(
        index = "0",
        paramLabel = "LOGIN",
        description = "The account's e-mail address, phone number or name.")
    private @Nullable String login;

    @Option(names = "--id", paramLabel = "ID", description = "The account's id, instead.")
    private @Nullable String id;
  }

  AccountRef ref() {
    AccountRef ref =
        account.id != null
            ? AccountRef.id(account.id)
            : AccountRef.of(By.LOGIN, account.login == null ? "" : account.login);
    return ref.inRealm(realm);
  }
}
