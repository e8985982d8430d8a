package io.jeton.server.cli;

import io.jeton.client.AccountChange;
import picocli.CommandLine.Command;

/** {@code jeton account disable}: ends the use of an account. */
@Command(
    name = "disable",
    description = "Make an account look as if it did not exist; revokes all its tokens.",
    footerHeading = "%nExamples:%n",
    footer = {"  jeton account disable seven@example.org", "  jeton account disable --id 7"})
final class AccountDisableCommand extends AccountChangeCommand {
  AccountDisableCommand(Console console) {
    super(console);
  }

  @Override
  AccountChange change() {
    return AccountChange.builder().disabled(true).build();
  }
}
