package io.jeton.server;

import io.jeton.server.api.Errors;
import io.jeton.server.backup.BackupException;
import io.jeton.server.cli.CliException;
import io.jeton.server.cli.ExitCode;
import io.jeton.server.cli.Upkeep;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.domain.RefusedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Runs the commands that look after a data directory and its database. */
final class UpkeepRunner implements Upkeep {
  private final PrintWriter out;
  private final Map<String, String> environment;
  private final InstantSource clock = Clock.systemUTC();

  UpkeepRunner(PrintWriter out, Map<String, String> environment) {
    this.out = out;
    this.environment = environment;
  }

  @Override
  public NewCaller createCaller(CallerOptions options) {
    return telling(
        () ->
            new OfflineCaller(
                    read(options.config(), options.dataDir()),
                    ServerRunner.home(),
                    environment,
                    clock)
                .create(options.name(), options.grants()));
  }

  @Override
  public int backup(BackupOptions options) {
    return telling(
        () -> {
          new Backup(
                  read(options.config(), options.dataDir()),
                  ServerRunner.home(),
                  environment,
                  clock,
                  this::say)
              .write(options.out(), !options.withoutKeys());
          return ExitCode.OK;
        });
  }

  @Override
  public int restore(RestoreOptions options) {
    return telling(
        () -> {
          new Restore(
                  read(options.config(), Optional.of(options.dataDir())),
                  ServerRunner.home(),
                  environment,
                  clock,
                  this::say)
              .read(
                  options.file(), new Restore.Extras(options.endTokens(), options.newMasterKey()));
          return ExitCode.OK;
        });
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private JetonConfig read(Optional<Path> config, Optional<Path> dataDir) throws ConfigException {
    return ServerRunner.read(
        config,
        environment,
        dataDir
            .<Map<String, String>>map(dir -> Map.of("data-dir", dir.toString()))
            .orElse(Map.of()));
  }

  /** What may fail in a way that the operator can mend. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws ConfigException, StartupException, BackupException;
  }

  private static <T> T telling(Work<T> work) {
    try {
      return work.run();
    } catch (ConfigException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (BackupException e) {
      throw new CliException(ExitCode.LOCAL_FILE, String.valueOf(e.getMessage()));
    } catch (StartupException e) {
      throw new CliException(ExitCode.NOT_STARTED, String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      StringBuilder line = new StringBuilder(Errors.status(e).getMessage());
      e.fields()
          .forEach(
              field -> {
                if (line.indexOf(field.expected()) < 0) {
                  line.append("; ").append(field.field()).append(": ").append(field.expected());
                }
              });
      throw new CliException(ExitCode.REFUSED, line + " (" + e.refusal() + ")");
    }
  }
}
