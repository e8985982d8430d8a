package io.jeton.server.cli;

import picocli.CommandLine.Command;

/** {@code jeton caller}: the commands about callers. */
@Command(
    name = "caller",
    description = "Manage the services that may call the server, their keys and permissions.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class CallerCommand {}
