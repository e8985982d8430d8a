package io.jeton.server.cli;

import picocli.CommandLine.Command;

/** {@code jeton token}: the commands about tokens. */
@Command(
    name = "token",
    description = "Issue, verify, refresh, bind, extend, revoke, list and identify tokens.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class TokenCommand {}
