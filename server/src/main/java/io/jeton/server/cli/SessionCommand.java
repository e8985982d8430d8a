package io.jeton.server.cli;

import picocli.CommandLine.Command;

/** {@code jeton session}: the commands about sessions. */
@Command(
    name = "session",
    description = "Manage the logins of websites: what a session cookie names.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class SessionCommand {}
