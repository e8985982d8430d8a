package io.jeton.server.cli;

import io.jeton.client.Application;
import io.jeton.client.ApplicationChange;
import io.jeton.client.Applications;
import picocli.CommandLine.Command;

/** {@code jeton app disable}: ends the use of an application for a while. */
@Command(
    name = "disable",
    description = "Make the tokens of an application inactive until it is enabled.",
    footerHeading = "%nExample:%n",
    footer = "  jeton app disable welovemaxim")
final class AppDisableCommand extends AppOutcomeCommand {
  AppDisableCommand(Console console) {
    super(console);
  }

  @Override
  Application outcome(Applications applications, String realm, String appId) {
    return applications.update(realm, appId, ApplicationChange.builder().disabled(true).build());
  }
}
