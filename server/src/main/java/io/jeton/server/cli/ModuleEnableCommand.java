package io.jeton.server.cli;

import io.jeton.client.Module;
import io.jeton.client.ModuleChange;
import io.jeton.client.Modules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jeton module enable}: takes a module into use again. */
@Command(
    name = "enable",
    description = "Make a disabled module's licences what they were.",
    footerHeading = "%nExample:%n",
    footer = "  jeton module enable demo")
final class ModuleEnableCommand extends ModuleOutcomeCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The module's name.")
  private String name = "";

  ModuleEnableCommand(Console console) {
    super(console);
  }

  @Override
  Module outcome(Modules modules) {
    return modules.update(realm(), name, ModuleChange.builder().disabled(false).build());
  }
}
