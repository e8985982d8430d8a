package io.jeton.server.cli;

import io.jeton.client.CreatedCaller;
import io.jeton.client.JetonClient;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      "  jeton caller create root2 --grant '*:admin'"
    })
final class CallerCreateCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "Names the caller.")
  private String name = "";

  @Mixin private GrantOptions grants = new GrantOptions();

  @Option(
      names = "--key-out",
      paramLabel = "FILE",
      description = "Write the key to this new file, which only you can read.")
  private @Nullable Path keyOut;

  CallerCreateCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open()) {
      if (keyOut == null) {
        print(create(client), true);
      } else {
        print(create(client, keyOut), false);
      }
    }
    return ExitCode.OK;
  }

  private CreatedCaller create(JetonClient client) {
    return client.callers().create(name, grants.grants());
  }

  /** Makes the file first: a key that cannot be kept is not asked for. */
  private CreatedCaller create(JetonClient client, Path file) {
    LocalFiles.createPrivate(file);
    CreatedCaller created;
    try {
      created = create(client);
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
