package io.jeton.load;

import io.jeton.load.call.TokenSet;
import io.jeton.load.call.VerifyCall;
import io.jeton.load.child.Children;
import io.jeton.load.database.DatabaseFloor.Kind;
import io.jeton.load.database.StoredRows;
import io.jeton.load.database.StoredSecrets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jeton bench miss}: goal P3. */
@Command(
    name = "miss",
    description =
        "Measures VerifyToken of tokens that the cache does not hold, picked uniformly, 8 and 128"
            + " at a time, as a share of point selects of the same rows by as many threads (F3).")
final class MissCommand implements Measurement {
  /** So small a cache that it holds next to none of the tokens. */
  static final Map<String, String> SMALL_CACHE = Map.of("JETON_CACHE_SIZE", "1MiB");

  private static final int CONNECTIONS = 8;

  @Mixin private final LoadOptions load = new LoadOptions();

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--tokens",
      paramLabel = "N",
      converter = Positive.class,
      description = "Live tokens, which are written past the server. Defaults to ${DEFAULT-VALUE}.")
  private int tokenCount = 1_000_000;

  private final Outcome outcome = new Outcome();

  @Override
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public Integer call() throws IOException {
    try (var children = Children.in(store.workDir)) {
      StoreRig rig =
          StoreRig.start(children, children.directory().resolve("data"), store, SMALL_CACHE);
      new StoredRows(rig.database())
          .add(0, tokenCount, new Progress("written", tokenCount, System.err)::add);
      int exit = measure(rig, 1, Goal.P3_AT_8);
      return Math.max(exit, measure(rig, 16, Goal.P3_AT_128));
    }
  }

  private int measure(StoreRig rig, int streams, Goal goal) throws IOException {
    int atOnce = CONNECTIONS * streams;
    Contender floor = rig.floor("F3 at " + atOnce, Kind.SELECT, atOnce, tokenCount);
    Contender miss =
        rig.server(
            "miss at " + atOnce,
            seed -> new VerifyCall(new StoredSecrets(tokenCount), seed, TokenSet::subjectOf),
            CONNECTIONS,
            streams);
    Result result = new Rounds(load, List.of(floor, miss)).run();
    outcome.add(goal, result);
    return Report.print("miss at " + atOnce, result, load);
  }
}
