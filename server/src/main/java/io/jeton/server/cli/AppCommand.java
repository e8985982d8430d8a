package io.jeton.server.cli;

import picocli.CommandLine.Command;

/** {@code jeton app}: the commands about registered applications. */
@Command(
    name = "app",
    description = "Manage registered applications.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class AppCommand {}
