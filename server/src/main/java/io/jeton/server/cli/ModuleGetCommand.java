package io.jeton.server.cli;

import io.jeton.client.Module;
import io.jeton.client.Modules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton module get}: shows one module. */
@Command(
    name = "get",
    description = "Show a module and its sub-modules.",
    footerHeading = "%nExamples:%n",
    footer = {"  jeton module get demo", "  jeton module get --identification ident-demo --json"})
final class ModuleGetCommand extends ModuleOutcomeCommand {
  @ArgGroup(multiplicity = "1")
  private Name module = new Name();

  /** One of its names. */
  static final class Name {
    @Parameters(index = "0", paramLabel = "NAME", description = "The module's name.")
    private @Nullable String name;

    @Option(
        names = "--identification",
        paramLabel = "ID",
        description = "What programs know it by, instead.")
    private @Nullable String identification;
  }

  ModuleGetCommand(Console console) {
    super(console);
  }

  @Override
  Module outcome(Modules modules) {
    return module.identification != null
        ? modules.getByIdentification(realm(), module.identification)
        : modules.get(realm(), module.name == null ? "" : module.name);
  }
}
