package io.jeton.server.cli;

import io.jeton.client.Application;
import io.jeton.client.ApplicationChange;
import io.jeton.client.Applications;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton app update}: changes an application. */
@Command(
    name = "update",
    description = {
      "Change an application. What is not given stays.",
      "SOURCE is where a secret is: - for standard input, env:NAME or file:PATH."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  jeton app update welovemaxim --encrypt-type 2",
      "  jeton app update welovemaxim --public-key= --access-key -"
    })
final class AppUpdateCommand extends AppOutcomeCommand {
  @Option(
      names = "--encrypt-type",
      paramLabel = "N",
      description = {
        "How its clients encrypt their connections: 0 not, 1 AES-CBC-128,",
        "2 AES-CBC-256, 3 in a way of their own."
      })
  private @Nullable Integer encryptType;

  @Option(
      names = "--public-key",
      paramLabel = "TEXT",
      description = "A public key that its clients are told; empty: none.")
  private @Nullable String publicKey;

  @Option(
      names = "--access-key",
      paramLabel = PasswordInput.LABEL,
      description = "Where a new key of its files is.")
  private @Nullable String accessKey;

  AppUpdateCommand(Console console) {
    super(console);
  }

  @Override
  Application outcome(Applications applications, String realm, String appId) {
    ApplicationChange.Builder change = ApplicationChange.builder();
    if (encryptType != null) {
      change.encryptType(encryptType);
    }
    if (publicKey != null) {
      change.publicKey(publicKey);
    }
    if (accessKey != null) {
      change.accessKey(PasswordInput.read(accessKey, "an access key", console()));
    }
    return applications.update(realm, appId, change.build());
  }
}
