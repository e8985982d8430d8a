package io.jeton.server.cli;

import io.jeton.client.Application;
import io.jeton.client.JetonClient;
import io.jeton.client.RevealedApplication;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton app get}: shows one application. */
@Command(
    name = "get",
    description = "Show an application, without its secrets unless they are asked for.",
    footerHeading = "%nExamples:%n",
    footer = {"  jeton app get welovemaxim", "  jeton app get welovemaxim --reveal --json"})
final class AppGetCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "APP", description = "The application's app_id.")
  private String appId = "";

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @Option(
      names = "--reveal",
      description = "Show its secrets too. Needs the permission reveal besides.")
  private boolean isRevealing;

  AppGetCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open()) {
      if (isRevealing) {
        print(client.applications().reveal(realm, appId));
      } else {
        print(client.applications().get(realm, appId));
      }
    }
    return ExitCode.OK;
  }

  private void print(Application application) {
    if (isJson()) {
      printJson(AppView.json(application));
    } else {
      AppView.fields(application).print(out());
    }
  }

  private void print(RevealedApplication revealed) {
    String accessKey = revealed.accessKey().reveal();
    String pushSecret = revealed.pushSecret().reveal();
    if (isJson()) {
      Map<String, @Nullable Object> fields = AppView.json(revealed.application());
      fields.put("access_key_secret", accessKey);
      fields.put("push_secret", pushSecret);
      printJson(fields);
    } else {
      AppView.fields(revealed.application())
          .put("access_key_secret", accessKey)
          .put("push_secret", pushSecret)
          .print(out());
    }
  }
}
