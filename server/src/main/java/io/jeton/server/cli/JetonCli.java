package io.jeton.server.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The jeton command: its subcommands, and what becomes of their failures. */
public final class JetonCli {
  private JetonCli() {}

  /**
   * Runs the command; blocks until it is done. Both writers are flushed when it returns.
   *
   * @return the exit status, a value of {@link ExitCode}
   */
  public static int run(
      String[] args,
      NodeRunner runner,
      PrintWriter out,
      PrintWriter err,
      InputStream in,
      Map<String, String> env) {
    Console console = new Console(out, err, in, env);
    Errors errors = new Errors(console);
    int exit =
        commandLine(console, runner)
            .setOut(out)
            .setErr(err)
            .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
            // "@alice" is a subject, not a file of arguments.
            .setExpandAtFiles(false)
            .setParameterExceptionHandler((e, arguments) -> errors.usage(e))
            .setExecutionExceptionHandler((e, command, parsed) -> errors.failure(e))
            .execute(args);
    if (out.checkError() && exit == ExitCode.OK) {
      exit =
          errors.failure(new CliException(ExitCode.LOCAL_FILE, "cannot write to standard output"));
    }
    err.flush();
    return exit;
  }

  private static CommandLine commandLine(Console console, NodeRunner runner) {
    CommandLine token =
        new CommandLine(new TokenCommand())
            .addSubcommand(new TokenIssueCommand(console))
            .addSubcommand(new TokenVerifyCommand(console))
            .addSubcommand(new TokenRefreshCommand(console))
            .addSubcommand(new TokenBindCommand(console))
            .addSubcommand(new TokenExtendCommand(console))
            .addSubcommand(new TokenRevokeCommand(console))
            .addSubcommand(new TokenRevokeAllCommand(console))
            .addSubcommand(new TokenListCommand(console))
            .addSubcommand(new TokenIdentifyCommand(console));
    CommandLine caller =
        new CommandLine(new CallerCommand())
            .addSubcommand(new CallerCreateCommand(console, runner))
            .addSubcommand(new CallerListCommand(console))
            .addSubcommand(new CallerGetCommand(console))
            .addSubcommand(new CallerUpdateCommand(console))
            .addSubcommand(new CallerDisableCommand(console));
    CommandLine key =
        new CommandLine(new KeyCommand())
            .addSubcommand(new KeyCreateCommand(console))
            .addSubcommand(new KeyListCommand(console))
            .addSubcommand(new KeyRetireCommand(console))
            .addSubcommand(new KeyTrustCommand(console));
    CommandLine account =
        new CommandLine(new AccountCommand())
            .addSubcommand(new AccountCreateCommand(console))
            .addSubcommand(new AccountListCommand(console))
            .addSubcommand(new AccountGetCommand(console))
            .addSubcommand(new AccountUpdateCommand(console))
            .addSubcommand(new AccountDisableCommand(console))
            .addSubcommand(new AccountEnableCommand(console))
            .addSubcommand(new AccountBanCommand(console))
            .addSubcommand(new AccountUnbanCommand(console));
    CommandLine module =
        new CommandLine(new ModuleCommand())
            .addSubcommand(new ModuleCreateCommand(console))
            .addSubcommand(new ModuleListCommand(console))
            .addSubcommand(new ModuleGetCommand(console))
            .addSubcommand(new ModuleUpdateCommand(console))
            .addSubcommand(new ModuleDisableCommand(console))
            .addSubcommand(new ModuleEnableCommand(console))
            .addSubcommand(new ModuleSubModuleCommand(console));
    CommandLine app =
        new CommandLine(new AppCommand())
            .addSubcommand(new AppCreateCommand(console))
            .addSubcommand(new AppListCommand(console))
            .addSubcommand(new AppGetCommand(console))
            .addSubcommand(new AppUpdateCommand(console))
            .addSubcommand(new AppDisableCommand(console))
            .addSubcommand(new AppEnableCommand(console));
    CommandLine session =
        new CommandLine(new SessionCommand())
            .addSubcommand(new SessionCreateCommand(console))
            .addSubcommand(new SessionListCommand(console))
            .addSubcommand(new SessionGetCommand(console))
            .addSubcommand(new SessionUpdateCommand(console))
            .addSubcommand(new SessionDestroyCommand(console));
    return new CommandLine(new JetonCommand())
        .addSubcommand(new ServeCommand(runner))
        .addSubcommand(new BridgeCommand(runner, console))
        .addSubcommand(new MigrateCommand(runner))
        .addSubcommand(new BackupCommand(runner))
        .addSubcommand(new RestoreCommand(runner))
        .addSubcommand(token)
        .addSubcommand(account)
        .addSubcommand(app)
        .addSubcommand(module)
        .addSubcommand(session)
        .addSubcommand(caller)
        .addSubcommand(new ImportCommand(console))
        .addSubcommand(key)
        .addSubcommand(new StatusCommand(console))
        .addSubcommand(new ExplainCommand(console));
  }
}
