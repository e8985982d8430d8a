package io.jeton.server.cli;

import picocli.CommandLine.Command;

/** {@code jeton module}: the commands about modules. */
@Command(
    name = "module",
    description = "Manage what licences are for: modules and their sub-modules.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class ModuleCommand {}
