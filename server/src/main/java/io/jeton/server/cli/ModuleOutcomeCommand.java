package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.Module;
import io.jeton.client.Modules;
import picocli.CommandLine.Option;

/** A command whose outcome is one module, which it shows. */
abstract class ModuleOutcomeCommand extends ClientCommand {
  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  ModuleOutcomeCommand(Console console) {
    super(console);
  }

  final String realm() {
    return realm;
  }

  /** Does what the command is for. */
  abstract Module outcome(Modules modules);

  @Override
  public final Integer call() {
    try (JetonClient client = open()) {
      Module module = outcome(client.modules());
      if (isJson()) {
        printJson(ModuleView.json(module));
      } else {
        ModuleView.print(module, out());
      }
    }
    return ExitCode.OK;
  }
}
