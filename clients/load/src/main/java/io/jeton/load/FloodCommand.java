package io.jeton.load;

import static java.util.Locale.ROOT;

import io.jeton.load.ServerOptions.Running;
import io.jeton.load.call.TokenSet;
import io.jeton.load.call.UnknownCall;
import io.jeton.load.call.VerifyCall;
import io.jeton.load.child.Children;
import io.jeton.load.child.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton bench flood}: goal P12. */
@Command(
    name = "flood",
    description =
        "Measures VerifyToken, answered from the cache, while logins come at many times what the"
            + " server can hash, or well-formed tokens that nobody issued, against the same without"
            + " them.")
final class FloodCommand implements Measurement {
  /** What comes in beside what is measured. */
  enum Kind {
    LOGINS,
    UNKNOWN
  }

  private static final int CAPACITY_SECONDS = 5;

  @Mixin private final LoadOptions load = new LoadOptions();

  @Mixin private final ServerOptions server = new ServerOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "logins|unknown",
      description =
          "logins: of one account; unknown: well-formed tokens that nobody issued. Defaults to"
              + " logins.")
  private Kind kind = Kind.LOGINS;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      converter = Positive.class,
      description = "Live tokens. Defaults to ${DEFAULT-VALUE}.")
  private int tokenCount = 100_000;

  @Option(
      names = "--times",
      paramLabel = "N",
      converter = Positive.class,
      description = "How many times the hashing capacity comes in. Defaults to ${DEFAULT-VALUE}.")
  private int times = 10;

  @Option(
      names = "--unknown-per-second",
      paramLabel = "N",
      converter = Positive.class,
      description = "How many unknown tokens come in. Defaults to ${DEFAULT-VALUE}.")
  private int unknownPerSecond = 5_000;

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
      Running running =
          server.running().isPresent()
              ? server.running().get()
              : ServerOptions.started(children.add(Servers.jeton(data, 1)), data);
      TokenSet tokens = seeding.issue(running.target(), tokenCount);
      seeding.fill(running.target(), tokens, 0, tokenCount);
      Flood flood =
          switch (kind) {
            case LOGINS -> LoginFlood.of(running.target(), times, CAPACITY_SECONDS);
            case UNKNOWN ->
                new Flood(
                    running.target(),
                    pace -> new UnknownCall(System.nanoTime(), pace),
                    unknownPerSecond);
          };
      System.err.printf(ROOT, "flood: %.0f calls a second%n", flood.perSecond());
      return measure(running, tokens, flood);
    }
  }

  private int measure(Running running, TokenSet tokens, Flood flood) throws IOException {
    Contender quiet = contender("quiet", running, tokens);
    Contender flooded = contender("flood", running, tokens).during(flood::begin);
    Result result = new Rounds(load, List.of(quiet, flooded)).run();
    outcome.addTails(kind == Kind.LOGINS ? Goal.P12_LOGINS : Goal.P12_UNKNOWN, result);
    int exit = Report.print("flood", result, load);
    double ratio = result.medians().get(1).p99Millis() / result.medians().get(0).p99Millis();
    load.rows().printf(ROOT, "flood / quiet: p99 %.2f%n", ratio);
    return exit;
  }

  private static Contender contender(String name, Running running, TokenSet tokens) {
    return new Contender(
        name,
        running.target(),
        seed -> new VerifyCall(tokens, seed, TokenSet::subjectOf),
        running.process());
  }
}
