package io.jeton.server.cli;

import io.jeton.client.Caller;
import io.jeton.client.CreatedCaller;
import io.jeton.client.Grant;
import io.jeton.client.JetonClient;
import io.jeton.client.Permission;
import io.jeton.client.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton caller create}: adds a caller and hands out its key, this once. */
@Command(
    name = "create",
    description = {
      "Add a caller and print its service key.",
      "The key, alone on a line, is printed this once and cannot be had again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  KEY=$(jeton caller create mail --grant default:verify)",
      "  jeton caller create shop --grant default:verify,issue --key-out shop.key",
      "  jeton caller create root2 --grant '*:admin'",
      "When the administrator's key is lost, with the server stopped:",
      "  jeton caller create root2 --grant '*:admin' --offline --key-out root2.key"
    })
final class CallerCreateCommand extends ClientCommand {
  private final Upkeep upkeep;

  @Parameters(index = "0", paramLabel = "NAME", description = "Names the caller.")
  private String name = "";

  @Mixin private GrantOptions grants = new GrantOptions();

  @Option(
      names = "--key-out",
      paramLabel = "FILE",
      description = "Write the key to this new file, which only you can read.")
  private @Nullable Path keyOut;

  @Option(
      names = "--offline",
      description = {
        "Need no server and no key: add the caller straight to the database. The",
        "embedded database must not be in use; an external one may be."
      })
  private boolean isOffline;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file to read, with --offline.")
  private @Nullable Path config;

  @Spec private @Nullable CommandSpec command;

  CallerCreateCommand(Console console, Upkeep upkeep) {
    super(console);
    this.upkeep = upkeep;
  }

  @Override
  public Integer call() {
    requireConsistent();
    if (isOffline) {
      if (keyOut == null) {
        print(createOffline(), true);
      } else {
        print(create(this::createOffline, keyOut), false);
      }
      return ExitCode.OK;
    }
    try (JetonClient client = open()) {
      if (keyOut == null) {
        print(create(client), true);
      } else {
        print(create(() -> create(client), keyOut), false);
      }
    }
    return ExitCode.OK;
  }

  private CreatedCaller create(JetonClient client) {
    return client.callers().create(name, grants.grants());
  }

  private CreatedCaller createOffline() {
    Upkeep.NewCaller created =
        upkeep.createCaller(
            new Upkeep.CallerOptions(
                Optional.ofNullable(config),
                connection().givenDataDir(console()),
                name,
                grants.grants().stream().map(CallerCreateCommand::grant).toList()));
    return new CreatedCaller(
        new Caller(
            name,
            created.grants().stream().map(CallerCreateCommand::grant).toList(),
            created.createTime(),
            Optional.empty()),
        Secret.of(created.key().reveal()));
  }

  private static Upkeep.CallerGrant grant(Grant grant) {
    return new Upkeep.CallerGrant(
        grant.realm(), grant.permissions().stream().map(Enum::name).toList(), grant.signKeys());
  }

  private static Grant grant(Upkeep.CallerGrant grant) {
    return new Grant(
        grant.realm(),
        grant.permissions().stream().map(Permission::valueOf).toList(),
        grant.signKeys());
  }

  private void requireConsistent() {
    String wrong = "";
    if (isOffline && connection().isServerGiven()) {
      wrong = "--offline asks no server: leave out --server and --key-file";
    } else if (!isOffline && config != null) {
      wrong = "--config is for --offline";
    }
    if (!wrong.isEmpty()) {
      if (command == null) {
        throw new IllegalStateException("call() without a command line");
      }
      throw new ParameterException(command.commandLine(), wrong);
    }
  }

  /** Makes the file first: a key that cannot be kept is not asked for. */
  private static CreatedCaller create(Supplier<CreatedCaller> creation, Path file) {
    LocalFiles.createPrivate(file);
    CreatedCaller created;
    try {
      created = creation.get();
    } catch (RuntimeException e) {
      LocalFiles.discard(file);
      throw e;
    }
    try {
      LocalFiles.write(file, created.key());
    } catch (IOException e) {
      throw new CliException(
          ExitCode.LOCAL_FILE,
          "cannot write " + file + ": the caller was created and its key is lost; disable it");
    }
    return created;
  }

  private void print(CreatedCaller created, boolean isKeyShown) {
    if (isJson()) {
      var fields = CallerView.json(created.caller());
      if (isKeyShown) {
        fields.put("key", created.key().reveal());
      }
      printJson(fields);
      return;
    }
    if (isKeyShown) {
      out().println(created.key().reveal());
    }
    CallerView.fields(created.caller()).print(console().err());
  }
}
