package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.RetiredKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton key retire}: stops a key from signing. */
@Command(
    name = "retire",
    description = "Stop a key from signing; what it signed stays valid, unless --emergency.",
    footerHeading = "%nExamples:%n",
    footer = {"  jeton key retire 7", "  jeton key retire 7 --emergency"})
final class KeyRetireCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "The key's id.")
  private String id = "";

  @Option(
      names = "--emergency",
      description = "Also revoke every token that it signed or vouched for.")
  private boolean isEmergency;

  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  KeyRetireCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open()) {
      RetiredKey retired = client.keys().retire(realm, id, isEmergency);
      if (isJson()) {
        Map<String, @Nullable Object> fields = KeyView.json(retired.key());
        fields.put("revoked", retired.revoked());
        printJson(fields);
      } else {
        KeyView.fields(retired.key()).put("tokens revoked", "" + retired.revoked()).print(out());
      }
    }
    return ExitCode.OK;
  }
}
