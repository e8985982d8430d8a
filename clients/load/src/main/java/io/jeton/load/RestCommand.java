package io.jeton.load;

import io.jeton.load.ServerOptions.Running;
import io.jeton.load.call.Codes;
import io.jeton.load.call.OneCall;
import io.jeton.load.call.SupplyCall;
import io.jeton.load.child.BenchException;
import io.jeton.load.child.Child;
import io.jeton.load.child.Children;
import io.jeton.load.child.Servers;
import io.jeton.load.http1.RestLoop;
import io.jeton.load.http2.ClosedLoop;
import io.jeton.load.http2.Plan;
import io.jeton.load.stats.LoadResult;
import io.jeton.v1.CreateModuleRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton bench rest}: goal P6. */
@Command(
    name = "rest",
    description =
        "Measures a legacy API over HTTP/1.1, answered from the cache, tokens picked uniformly, as a"
            + " share of an annotated service that answers a constant (F2). One request is in flight"
            + " on each of connections × streams connections.")
final class RestCommand implements Measurement {
  private static final int SEEDING_CONNECTIONS = 64;
  private static final int SEED = 4_711;
  private static final Duration FOR_EVER = Duration.ofDays(365);

  @Mixin private final LoadOptions load = new LoadOptions();

  @Mixin private final ServerOptions server = new ServerOptions();

  @Parameters(
      paramLabel = "chatot|liveget",
      description = "chatot: GET /token; liveget: GET /token/verify of a code that is bound.")
  private RestApi api = RestApi.CHATOT;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      converter = Positive.class,
      description = "Live tokens. Defaults to ${DEFAULT-VALUE}.")
  private int tokenCount = 100_000;

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
      Codes codes = seed(running);
      Child floor = children.add(Servers.constantRest(running.flags()));
      Result result =
          new Rounds(
                  load,
                  List.of(
                      contender("F2", floor.uri(), codes, Optional.of(floor.process())),
                      contender(api.label(), running.target().uri(), codes, running.process())))
              .run();
      outcome.add(api == RestApi.CHATOT ? Goal.P6_CHATOT : Goal.P6_LIVEGET, result);
      return Report.print("rest " + api.label(), result, load);
    }
  }

  /** Issues the tokens and presents each once, so that it is bound and cached. */
  private Codes seed(Running running) throws IOException {
    // Another seed each time: a server that the user runs may have the tokens of the last time.
    var codes = new Codes(SEED + System.nanoTime(), tokenCount);
    if (api == RestApi.LIVEGET) {
      ClosedLoop.run(
          running.target(),
          new OneCall(
              "/jeton.v1.ModuleService/CreateModule",
              CreateModuleRequest.newBuilder()
                  .setName(RestApi.Names.MODULE)
                  .setIdentification(RestApi.Names.MODULE)
                  .build(),
              () -> {}),
          Plan.of(1, 1, 1));
    }
    require(
        ClosedLoop.run(
            running.target(),
            new SupplyCall(codes, api.token(), new Progress("issued", tokenCount, System.err)::add),
            Plan.of(8, 32, tokenCount)));
    require(
        RestLoop.run(
            running.target().uri(),
            api.once(codes, new Progress("presented", tokenCount, System.err)::add),
            SEEDING_CONNECTIONS,
            tokenCount,
            FOR_EVER));
    return codes;
  }

  private void require(LoadResult result) {
    if (result.wrong() > 0 || result.right() < tokenCount) {
      throw new BenchException(
          "%d of %d calls failed: %s"
              .formatted(tokenCount - result.right(), tokenCount, result.faults()));
    }
  }

  private Contender contender(String name, URI uri, Codes codes, Optional<ProcessHandle> process) {
    return new Contender(
        name,
        (options, seconds, seed) ->
            RestLoop.run(
                uri,
                api.picking(codes, seed),
                options.connections * options.streams,
                Long.MAX_VALUE,
                Duration.ofSeconds(seconds)),
        process.stream().toList(),
        Optional.empty());
  }
}
