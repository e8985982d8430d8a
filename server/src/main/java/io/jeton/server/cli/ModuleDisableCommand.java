package io.jeton.server.cli;

import io.jeton.client.Module;
import io.jeton.client.ModuleChange;
import io.jeton.client.Modules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jeton module disable}: ends the use of a module for a while. */
@Command(
    name = "disable",
    description = "Make the licences of a module inactive until it is enabled.",
    footerHeading = "%nExample:%n",
    footer = "  jeton module disable demo")
final class ModuleDisableCommand extends ModuleOutcomeCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The module's name.")
  private String name = "";

  ModuleDisableCommand(Console console) {
    super(console);
  }

  @Override
  Module outcome(Modules modules) {
    return modules.update(realm(), name, ModuleChange.builder().disabled(true).build());
  }
}
