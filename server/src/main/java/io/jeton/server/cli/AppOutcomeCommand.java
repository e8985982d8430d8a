package io.jeton.server.cli;

import io.jeton.client.Application;
import io.jeton.client.Applications;
import io.jeton.client.JetonClient;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that makes or changes one application, and shows it as it is then. */
abstract class AppOutcomeCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "APP", description = "The application's app_id.")
  private String appId = "";

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  AppOutcomeCommand(Console console) {
    super(console);
  }

  /** Does what the command is for. */
  abstract Application outcome(Applications applications, String realm, String appId);

  @Override
  public final Integer call() {
    try (JetonClient client = open()) {
      Application application = outcome(client.applications(), realm, appId);
      if (isJson()) {
        printJson(AppView.json(application));
      } else {
        AppView.fields(application).print(out());
      }
    }
    return ExitCode.OK;
  }
}
