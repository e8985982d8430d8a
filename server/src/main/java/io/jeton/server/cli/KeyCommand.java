package io.jeton.server.cli;

import picocli.CommandLine.Command;

/** {@code jeton key}: the commands about signing keys. */
@Command(
    name = "key",
    description = "Manage the keys that sign JSON Web Tokens, and which foreign ones are taken.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class KeyCommand {}
