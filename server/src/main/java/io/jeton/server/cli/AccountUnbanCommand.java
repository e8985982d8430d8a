package io.jeton.server.cli;

import io.jeton.client.AccountChange;
import picocli.CommandLine.Command;

/** {@code jeton account unban}: undoes a ban. */
@Command(
    name = "unban",
    description = "Undo ban; revoked tokens do not come back.",
    footerHeading = "%nExamples:%n",
    footer = {"  jeton account unban seven@example.org", "  jeton account unban --id 7"})
final class AccountUnbanCommand extends AccountChangeCommand {
  AccountUnbanCommand(Console console) {
    super(console);
  }

  @Override
  AccountChange change() {
    return AccountChange.builder().banned(false).build();
  }
}
