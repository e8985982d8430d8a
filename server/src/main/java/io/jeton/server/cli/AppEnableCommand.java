package io.jeton.server.cli;

import io.jeton.client.Application;
import io.jeton.client.ApplicationChange;
import io.jeton.client.Applications;
import picocli.CommandLine.Command;

/** {@code jeton app enable}: takes an application into use again. */
@Command(
    name = "enable",
    description = "Make a disabled application's tokens what they were.",
    footerHeading = "%nExample:%n",
    footer = "  jeton app enable welovemaxim")
final class AppEnableCommand extends AppOutcomeCommand {
  AppEnableCommand(Console console) {
    super(console);
  }

  @Override
  Application outcome(Applications applications, String realm, String appId) {
    return applications.update(realm, appId, ApplicationChange.builder().disabled(false).build());
  }
}
