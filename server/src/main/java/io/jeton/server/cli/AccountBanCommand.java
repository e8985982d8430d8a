package io.jeton.server.cli;

import io.jeton.client.AccountChange;
import picocli.CommandLine.Command;

/** {@code jeton account ban}: forbids an account to log in. */
@Command(
    name = "ban",
    description = "Forbid an account to log in; revokes all its tokens.",
    footerHeading = "%nExamples:%n",
    footer = {"  jeton account ban seven@example.org", "  jeton account ban --id 7"})
final class AccountBanCommand extends AccountChangeCommand {
  AccountBanCommand(Console console) {
    super(console);
  }

  @Override
  AccountChange change() {
    return AccountChange.builder().banned(true).build();
  }
}
