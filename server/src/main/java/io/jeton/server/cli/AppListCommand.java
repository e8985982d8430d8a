package io.jeton.server.cli;

import io.jeton.client.Application;
import io.jeton.client.JetonClient;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton app list}: shows the applications of a realm. */
@Command(
    name = "list",
    description = "List the applications by app_id, disabled ones too.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton app list --realm shop",
      "  jeton app list --json     # one JSON object per line"
    })
final class AppListCommand extends ClientCommand {
  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "List no more than this many.")
  private @Nullable Integer limit;

  AppListCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open();
        Stream<Application> applications =
            client.applications().list(realm).limit(limit == null ? Integer.MAX_VALUE : limit)) {
      if (isJson()) {
        applications.map(AppView::json).forEach(this::printJson);
      } else {
        Table table = new Table(out(), "APP", "STATE", "ENCRYPT_TYPE", "CREATED");
        applications.forEach(
            each ->
                table.add(
                    each.appId(),
                    AppView.state(each),
                    Integer.toString(each.encryptType()),
                    each.createTime().toString()));
        table.end();
      }
    }
    return ExitCode.OK;
  }
}
