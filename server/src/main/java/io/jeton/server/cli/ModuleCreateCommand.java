package io.jeton.server.cli;

import io.jeton.client.Module;
import io.jeton.client.ModuleSpec;
import io.jeton.client.Modules;
import io.jeton.client.SubModule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton module create}: adds a module. */
@Command(
    name = "create",
    description = "Add a module, with its sub-modules if it has any.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton module create demo --identification ident-demo",
      "  jeton module create shop --identification 7f3a --expires-at 2030-01-01T00:00:00Z \\",
      "    --sub-module till --sub-module trial=2027-01-01T00:00:00Z"
    })
final class ModuleCreateCommand extends ModuleOutcomeCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "Its name, which never changes.")
  private String name = "";

  @Option(
      names = "--identification",
      paramLabel = "ID",
      required = true,
      description = "What names it to programs that verify licences.")
  private String identification = "";

  @Option(
      names = "--expires-at",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description = "When its licences end, such as 2030-01-01T00:00:00Z. Default: never")
  private @Nullable Instant expireTime;

  @Option(names = "--disabled", description = "Its licences are not active until it is enabled.")
  private boolean isDisabled;

  @Option(
      names = "--sub-module",
      paramLabel = "NAME[=INSTANT]",
      converter = SubModuleConverter.class,
      description = "A sub-module, and when its licences end; repeat it for several.")
  private List<SubModule> subModules = new ArrayList<>();

  ModuleCreateCommand(Console console) {
    super(console);
  }

  @Override
  Module outcome(Modules modules) {
    ModuleSpec.Builder spec =
        ModuleSpec.builder(name, identification).realm(realm()).disabled(isDisabled);
    if (expireTime != null) {
      spec.expireTime(expireTime);
    }
    subModules.forEach(spec::addSubModule);
    return modules.create(spec.build());
  }
}
