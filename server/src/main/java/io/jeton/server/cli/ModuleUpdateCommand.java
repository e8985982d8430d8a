package io.jeton.server.cli;

import io.jeton.client.Module;
import io.jeton.client.ModuleChange;
import io.jeton.client.Modules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton module update}: changes a module. */
@Command(
    name = "update",
    description = "Change a module. What is not given stays.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton module update demo --expires-at 2030-01-01T00:00:00Z",
      "  jeton module update demo --set-identification ident-2 --never-expires"
    })
final class ModuleUpdateCommand extends ModuleOutcomeCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The module's name.")
  private String name = "";

  @Option(
      names = "--set-identification",
      paramLabel = "ID",
      description = "What programs that verify licences know it by from now on.")
  private @Nullable String identification;

  @ArgGroup private EndOptions end = new EndOptions();

  ModuleUpdateCommand(Console console) {
    super(console);
  }

  @Override
  Module outcome(Modules modules) {
    ModuleChange.Builder change = ModuleChange.builder();
    if (identification != null) {
      change.identification(identification);
    }
    if (end.at != null) {
      change.expireTime(end.at);
    }
    if (end.isNever) {
      change.never();
    }
    return modules.update(realm(), name, change.build());
  }
}
