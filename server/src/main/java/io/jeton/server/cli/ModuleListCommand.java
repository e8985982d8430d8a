package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.Module;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton module list}: shows the modules of a realm. */
@Command(
    name = "list",
    description = "List the modules by name, disabled ones too.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton module list --realm shop",
      "  jeton module list --json     # one JSON object per line"
    })
final class ModuleListCommand extends ClientCommand {
  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "List no more than this many.")
  private @Nullable Integer limit;

  ModuleListCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open();
        Stream<Module> modules =
            client.modules().list(realm).limit(limit == null ? Integer.MAX_VALUE : limit)) {
      if (isJson()) {
        modules.map(ModuleView::json).forEach(this::printJson);
      } else {
        Table table = new Table(out(), "NAME", "IDENTIFICATION", "STATE", "EXPIRES", "SUB-MODULES");
        modules.forEach(each -> ModuleView.add(each, table));
        table.end();
      }
    }
    return ExitCode.OK;
  }
}
