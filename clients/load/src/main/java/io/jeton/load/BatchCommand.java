package io.jeton.load;

import io.jeton.load.ServerOptions.Running;
import io.jeton.load.call.BatchPickCall;
import io.jeton.load.call.TokenSet;
import io.jeton.load.call.VerifyCall;
import io.jeton.load.child.Children;
import io.jeton.load.child.Servers;
import io.jeton.load.http2.ClosedLoop;
import io.jeton.load.http2.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jeton bench batch}: goal P2. */
@Command(
    name = "batch",
    description =
        "Measures BatchVerifyTokens of 100, answered from the cache, tokens picked uniformly, in"
            + " tokens a second, as a multiple of VerifyToken one by one.")
final class BatchCommand implements Measurement {
  @Mixin private final LoadOptions load = new LoadOptions();

  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(
      names = "--tokens",
      paramLabel = "N",
      converter = Positive.class,
      description = "Live tokens. Defaults to ${DEFAULT-VALUE}.")
  private int tokenCount = 1_000_000;

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
      Seeding seeding = new Seeding(System.err);
      TokenSet tokens = seeding.issue(running.target(), tokenCount);
      seeding.fill(running.target(), tokens, 0, tokenCount);
      Contender single =
          new Contender(
              "verify",
              running.target(),
              seed -> new VerifyCall(tokens, seed, TokenSet::subjectOf),
              running.process());
      List<Contender> both = List.of(single, batches(running, tokens));
      Result result = new Rounds(load, both).run();
      outcome.add(Goal.P2, result);
      return Report.print("batch", result, load);
    }
  }

  /** Batches, of whose answers each counts as many as it has tokens. */
  private static Contender batches(Running running, TokenSet tokens) {
    return new Contender(
        "batch of 100",
        (options, seconds, seed) ->
            ClosedLoop.run(
                    running.target(),
                    new BatchPickCall(tokens, seed),
                    Plan.of(options.connections, options.streams, Duration.ofSeconds(seconds)))
                .times(BatchPickCall.BATCH),
        running.process().stream().toList(),
        Optional.empty());
  }
}
