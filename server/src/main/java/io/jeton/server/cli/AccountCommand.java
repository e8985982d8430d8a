package io.jeton.server.cli;

import picocli.CommandLine.Command;

/** {@code jeton account}: the commands about accounts. */
@Command(
    name = "account",
    description = "Manage who can log in: names, passwords, and who may not.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class AccountCommand {}
