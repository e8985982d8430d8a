package io.jeton.server.cli;

import io.jeton.client.Module;
import io.jeton.client.Modules;
import io.jeton.client.SubModule;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton module sub-module}: adds or changes a part of a module. */
@Command(
    name = "sub-module",
    description = "Add a sub-module to a module, or say anew when the licences of one end.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton module sub-module demo kid",
      "  jeton module sub-module demo trial --expires-at 2027-01-01T00:00:00Z"
    })
final class ModuleSubModuleCommand extends ModuleOutcomeCommand {
  @Parameters(index = "0", paramLabel = "MODULE", description = "The module's name.")
  private String module = "";

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "The sub-module's name; default is the module itself and cannot be one.")
  private String name = "";

  @Option(
      names = "--expires-at",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description = "When its licences end, such as 2030-01-01T00:00:00Z. Default: never")
  private @Nullable Instant expireTime;

  ModuleSubModuleCommand(Console console) {
    super(console);
  }

  @Override
  Module outcome(Modules modules) {
    return modules.put(realm(), module, new SubModule(name, Optional.ofNullable(expireTime)));
  }
}
