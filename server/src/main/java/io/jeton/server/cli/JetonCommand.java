package io.jeton.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code jeton}: the command that holds all others. */
@Command(
    name = "jeton",
    description = "One token service for every client an organisation already has.",
    versionProvider = JetonCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done, or \"yes\"",
      "1:\"no\": the token is not active or not known, the file has lines to mend, the"
          + " server should be looked after",
      "2:the command line is wrong; nothing was done",
      "3:the server cannot be found or reached, or does not answer in time",
      "4:the server refused: \"error: MESSAGE (REASON)\"",
      "5:a local file cannot be read or written",
      "6:the server could not start",
      "69:no Java 17 or newer was found",
      "70:a defect of this command; JETON_DEBUG=1 shows where"
    },
    footerHeading = "%nServer and key:%n",
    footer = {
      "  --server or JETON_SERVER names the server, --key-file the file of a service",
      "  key; JETON_KEY is the key itself. What is not given is read in the data",
      "  directory of a server on this machine (--data-dir, JETON_DATA_DIR or",
      "  ./jeton-data):",
      "  server.url and admin.key.",
      "",
      "Example:",
      "  jeton serve &",
      "  TOKEN=$(jeton token issue --subject alice --expires-in 12h)",
      "  jeton token verify \"$TOKEN\"",
      "",
      "The load generator has its own help: jeton bench --help"
    })
@SuppressWarnings("UnusedVariable") // picocli reads the fields
final class JetonCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean isHelpRequested;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  private boolean isVersionRequested;

  /** Reads the version where the build wrote it, in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = JetonCommand.class.getPackage().getImplementationVersion();
      return new String[] {"jeton " + (version == null ? "(not run from its jar)" : version)};
    }
  }
}
