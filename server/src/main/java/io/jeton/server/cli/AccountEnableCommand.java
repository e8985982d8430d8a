package io.jeton.server.cli;

import io.jeton.client.AccountChange;
import picocli.CommandLine.Command;

/** {@code jeton account enable}: undoes a disable. */
@Command(
    name = "enable",
    description = "Undo disable; revoked tokens do not come back.",
    footerHeading = "%nExamples:%n",
    footer = {"  jeton account enable seven@example.org", "  jeton account enable --id 7"})
final class AccountEnableCommand extends AccountChangeCommand {
  AccountEnableCommand(Console console) {
    super(console);
  }

  @Override
  AccountChange change() {
    return AccountChange.builder().disabled(false).build();
  }
}
