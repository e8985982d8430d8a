package io.jeton.load;

import io.jeton.load.ServerOptions.Running;
import io.jeton.load.call.TokenSet;
import io.jeton.load.call.VerifyCall;
import io.jeton.load.child.BenchException;
import io.jeton.load.child.Child;
import io.jeton.load.child.Children;
import io.jeton.load.child.Servers;
import io.jeton.load.floor.ConstantStub;
import io.jeton.load.floor.Floor;
import io.jeton.load.http2.Call;
import io.jeton.load.http2.OpenLoop;
import io.jeton.load.http2.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jeton bench latency}: what callers see at a given rate. */
@Command(
    name = "latency",
    description =
        "Measures VerifyToken from the cache, and F1, with calls that come at a constant rate, at"
            + " shares of what each answers at most. Latency counts from when a call was due.")
final class LatencyCommand implements Measurement {
  private record Rival(String name, Target target, LongFunction<Call> calls) {}

  @Mixin private final LoadOptions load = new LoadOptions();

  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(
      names = "--tokens",
      paramLabel = "N",
      converter = Positive.class,
      description = "Live tokens. Defaults to ${DEFAULT-VALUE}.")
  private int tokenCount = 1_000_000;

  @Option(
      names = "--shares",
      paramLabel = "PERCENT",
      split = ",",
      converter = Positive.class,
      description = "Of what a server answers at most. Defaults to ${DEFAULT-VALUE}.")
  private List<Integer> shares = List.of(10, 25, 50, 75, 90, 95);

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Where to draw latency against rate, as SVG.")
  private @Nullable Path plot;

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
      Child stub = children.add(Servers.constantStub(Floor.DEFAULT, running.flags()));
      Target floor = new Target(stub.uri(), "x".repeat(running.target().key().length()));
      return measure(
          List.of(
              new Rival("F1", floor, s -> new VerifyCall(tokens, s, t -> ConstantStub.SUBJECT)),
              new Rival(
                  "jeton", running.target(), s -> new VerifyCall(tokens, s, TokenSet::subjectOf))),
          List.of(Optional.of(stub.process()), running.process()));
    }
  }

  private int measure(List<Rival> rivals, List<Optional<ProcessHandle>> processes)
      throws IOException {
    List<Contender> contenders = new ArrayList<>();
    for (int i = 0; i < rivals.size(); i++) {
      Rival rival = rivals.get(i);
      contenders.add(new Contender(rival.name, rival.target, rival.calls, processes.get(i)));
    }
    Result most = new Rounds(load, contenders).run();
    List<LatencyPoint> points = new ArrayList<>();
    load.rows().println(LatencyPoint.heading());
    for (int share : shares) {
      for (int i = 0; i < rivals.size(); i++) {
        double rate = most.medians().get(i).requestsPerSecond() * share / 100;
        LatencyPoint point = at(rivals.get(i), share, rate);
        load.rows().println(point.line());
        points.add(point);
      }
    }
    if (plot != null) {
      draw(points, plot);
    }
    if (load.isJson) {
      Report.json("latency", points, load.out());
    }
    outcome.add(most);
    points.forEach(p -> outcome.count(p.right(), p.wrong()));
    long wrong = most.wrong() + points.stream().mapToLong(LatencyPoint::wrong).sum();
    return wrong == 0 ? 0 : 1;
  }

  private LatencyPoint at(Rival rival, int share, double rate) throws IOException {
    return LatencyPoint.of(
        rival.name,
        share,
        rate,
        OpenLoop.run(
            rival.target, rival.calls.apply(share), rate, Duration.ofSeconds(load.seconds)));
  }

  private static void draw(List<LatencyPoint> points, Path file) {
    Plot plot = new Plot("Latency of VerifyToken against rate", "calls per second", "milliseconds");
    for (String name : points.stream().map(LatencyPoint::server).distinct().toList()) {
      List<LatencyPoint> own = points.stream().filter(p -> p.server().equals(name)).toList();
      double[] rates = own.stream().mapToDouble(LatencyPoint::perSecond).toArray();
      plot.add(name + " p50", rates, own.stream().mapToDouble(LatencyPoint::p50Millis).toArray());
      plot.add(name + " p99", rates, own.stream().mapToDouble(LatencyPoint::p99Millis).toArray());
      plot.add(
          name + " p99.9", rates, own.stream().mapToDouble(LatencyPoint::p999Millis).toArray());
    }
    try {
      Files.writeString(file, plot.svg());
      System.err.println("plot in " + file);
    } catch (IOException e) {
      throw new BenchException(file + ": cannot be written", e);
    }
  }
}
