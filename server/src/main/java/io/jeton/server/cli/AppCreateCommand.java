package io.jeton.server.cli;

import io.jeton.client.Application;
import io.jeton.client.ApplicationSpec;
import io.jeton.client.Applications;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton app create}: registers an application. */
@Command(
    name = "create",
    description = {
      "Register an application.",
      "SOURCE is where a secret is: - for standard input, env:NAME or file:PATH."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton app create welovemaxim",
      "  jeton app create welovemaxim --encrypt-type 1 --access-key file:access-key.txt"
    })
final class AppCreateCommand extends AppOutcomeCommand {
  @Option(
      names = "--encrypt-type",
      paramLabel = "N",
      description = {
        "How its clients encrypt their connections: 0 not, 1 AES-CBC-128,",
        "2 AES-CBC-256, 3 in a way of their own. Default: 0"
      })
  private int encryptType;

  @Option(
      names = "--public-key",
      paramLabel = "TEXT",
      description = "A public key that its clients are told. Default: none")
  private String publicKey = "";

  @Option(
      names = "--access-key",
      paramLabel = PasswordInput.LABEL,
      description = "Where the key of its files is. Default: a random one")
  private @Nullable String accessKey;

  @Option(names = "--disabled", description = "Its tokens are not active until it is enabled.")
  private boolean isDisabled;

  AppCreateCommand(Console console) {
    super(console);
  }

  @Override
  Application outcome(Applications applications, String realm, String appId) {
    ApplicationSpec.Builder spec =
        ApplicationSpec.builder(appId)
            .realm(realm)
            .encryptType(encryptType)
            .publicKey(publicKey)
            .disabled(isDisabled);
    if (accessKey != null) {
      spec.accessKey(PasswordInput.read(accessKey, "an access key", console()));
    }
    return applications.create(spec.build());
  }
}
