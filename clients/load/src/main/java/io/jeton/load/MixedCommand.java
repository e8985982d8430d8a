package io.jeton.load;

import io.jeton.load.ServerOptions.Running;
import io.jeton.load.call.Question;
import io.jeton.load.call.QuestionCall;
import io.jeton.load.child.Children;
import io.jeton.load.child.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jeton bench mixed}: every answer compared with the only right one. */
@Command(
    name = "mixed",
    description =
        "Asks about tokens that are valid, expired, revoked, of another application or machine,"
            + " without a scope, unbound, malformed or unknown, and compares verdict, reason and"
            + " subject of every answer with the only right one.")
final class MixedCommand implements Measurement {
  @Mixin private final LoadOptions load = new LoadOptions();

  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(
      names = "--of-each",
      paramLabel = "N",
      converter = Positive.class,
      description = "Tokens of each kind. Defaults to ${DEFAULT-VALUE}.")
  private int ofEach = 5_000;

  private final Outcome outcome = new Outcome();

  @Override
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public Integer call() throws IOException {
    try (var children = Children.in(server.workDir())) {
      Path data = children.directory().resolve("data");
      Running running =
          server.running().isPresent()
              ? server.running().get()
              : ServerOptions.started(children.add(Servers.jeton(data, 1)), data);
      List<Question> questions = MixedSet.on(running.target(), ofEach);
      Contender mixed =
          new Contender(
              "mixed",
              running.target(),
              seed -> new QuestionCall(questions, seed),
              running.process());
      Result result = new Rounds(load, List.of(mixed)).run();
      outcome.add(result);
      return Report.print("mixed", result, load);
    }
  }
}
