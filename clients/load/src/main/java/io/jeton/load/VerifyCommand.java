package io.jeton.load;

import io.jeton.load.ServerOptions.Running;
import io.jeton.load.call.TokenSet;
import io.jeton.load.call.VerifyCall;
import io.jeton.load.child.BenchException;
import io.jeton.load.child.Child;
import io.jeton.load.child.Children;
import io.jeton.load.child.Heap;
import io.jeton.load.child.Servers;
import io.jeton.load.floor.Floor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jeton bench verify}: goals P1 and P8. */
@Command(
    name = "verify",
    description =
        "Measures VerifyToken over gRPC, answered from the cache, tokens picked uniformly, as a"
            + " share of a stub that answers a constant (F1).")
final class VerifyCommand implements Measurement {
  /** How many tokens a server verifies before its heap counts as that of a server at work. */
  private static final int FIRST_TOKENS = 10_000;

  @Mixin private final LoadOptions load = new LoadOptions();

  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(
      names = "--tokens",
      paramLabel = "N",
      converter = Positive.class,
      description = "Live tokens. Defaults to ${DEFAULT-VALUE}.")
  private int tokenCount = 1_000_000;

  @Option(
      names = "--floor",
      paramLabel = "default|lean",
      description = "The settings of the floor's server. Defaults to default.")
  private Floor floor = Floor.DEFAULT;

  @Option(
      names = "--memory",
      description =
          "Also measure the heap for one cached token: the server is started again on the same"
              + " tokens, and its heap read before and after it caches them. Needs a JDK's jcmd.")
  private boolean isMemory;

  private final Seeding seeding = new Seeding(System.err);

  private final Outcome outcome = new Outcome();

  @Override
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public Integer call() throws IOException {
    try (var children = Children.in(server.workDir())) {
      Path data = children.directory().resolve("data");
      return server.running().isPresent()
          ? measure(children, server.running().get())
          : measure(children, data);
    }
  }

  private int measure(Children children, Path data) throws IOException {
    Child child = children.add(Servers.jeton(data, 1));
    Running running = ServerOptions.started(child, data);
    TokenSet tokens = seeding.issue(running.target(), tokenCount);
    HeapPerToken heap = null;
    if (isMemory) {
      children.end(child);
      child = children.add(Servers.jeton(data, 1));
      running = ServerOptions.started(child, data);
      heap = fillAndWeigh(running, child.process(), tokens);
    } else {
      seeding.fill(running.target(), tokens, 0, tokenCount);
    }
    return rounds(children, running, tokens, heap);
  }

  private int measure(Children children, Running running) throws IOException {
    if (isMemory) {
      throw new BenchException("--memory needs a server that it can start, not --server");
    }
    TokenSet tokens = seeding.issue(running.target(), tokenCount);
    seeding.fill(running.target(), tokens, 0, tokenCount);
    return rounds(children, running, tokens, null);
  }

  private HeapPerToken fillAndWeigh(Running running, ProcessHandle process, TokenSet tokens)
      throws IOException {
    int first = Math.min(FIRST_TOKENS, tokenCount / 2);
    seeding.fill(running.target(), tokens, 0, first);
    long before = Heap.liveBytes(process);
    seeding.fill(running.target(), tokens, first, tokenCount);
    return HeapPerToken.of(before, Heap.liveBytes(process), tokenCount - first);
  }

  private int rounds(
      Children children, Running running, TokenSet tokens, @Nullable HeapPerToken heap)
      throws IOException {
    Child stub = children.add(Servers.constantStub(floor, running.flags()));
    Contender jeton =
        new Contender(
            "jeton",
            running.target(),
            seed -> new VerifyCall(tokens, seed, TokenSet::subjectOf),
            running.process());
    int keyLength = running.target().key().length();
    Contender f1 = FloorCommand.contender("F1 " + floor.label(), stub, tokens, keyLength);
    Result result = new Rounds(load, List.of(f1, jeton)).run();
    outcome.add(Goal.P1, result);
    if (heap != null) {
      outcome.add(Goal.P8, heap.bytesPerToken());
    }
    return Report.print("verify", result.with(heap), load);
  }
}
