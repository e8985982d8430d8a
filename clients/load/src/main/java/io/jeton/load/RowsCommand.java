package io.jeton.load;

import io.jeton.load.call.TokenSet;
import io.jeton.load.call.VerifyCall;
import io.jeton.load.child.Children;
import io.jeton.load.database.StoredRows;
import io.jeton.load.database.StoredSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jeton bench rows}: goal P11. */
@Command(
    name = "rows",
    description =
        "Measures VerifyToken from the cache and past it with many rows, against the same with few;"
            + " and from the cache while many of the rows expire, against few. The rows are written"
            + " past the server.")
final class RowsCommand implements Measurement {
  private static final int CONNECTIONS = 8;

  @Mixin private final LoadOptions load = new LoadOptions();

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--rows",
      paramLabel = "N",
      converter = Positive.class,
      description = "How many rows are many. Defaults to ${DEFAULT-VALUE}.")
  private int many = 10_000_000;

  @Option(
      names = "--few",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "How many rows are few; so many tokens are in the cache of both. Defaults to"
              + " ${DEFAULT-VALUE}.")
  private int few = 10_000;

  @Option(
      names = "--expiring",
      paramLabel = "N",
      converter = Positive.class,
      description = "How many rows expire while it measures. Defaults to a tenth of the rows.")
  private int expiring;

  private long nanosOfARow;

  private final Outcome outcome = new Outcome();

  @Override
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public Integer call() throws IOException {
    try (var children = Children.in(store.workDir)) {
      Path small = children.directory().resolve("few");
      Path large = children.directory().resolve("many");
      StoreRig a = StoreRig.start(children, small, store, Map.of());
      StoreRig b = StoreRig.start(children, large, store, Map.of());
      write(a, 0, few);
      long begin = System.nanoTime();
      write(b, 0, many);
      nanosOfARow = (System.nanoTime() - begin) / many;
      int exit = measure("hits", a, b, few, few, Goal.P11_HITS);
      expireSoon(b);
      exit = Math.max(exit, measure("hits, expiring", a, b, few, few, Goal.P11_EXPIRING));
      a.end(children);
      b.end(children);
      StoreRig c = StoreRig.start(children, small, store, MissCommand.SMALL_CACHE);
      StoreRig d = StoreRig.start(children, large, store, MissCommand.SMALL_CACHE);
      return Math.max(exit, measure("misses", c, d, few, many, Goal.P11_MISSES));
    }
  }

  private static void write(StoreRig rig, int begin, int end) {
    new StoredRows(rig.database())
        .add(begin, end, new Progress("written", (long) end - begin, System.err)::add);
  }

  /**
   * Adds rows that end one after the other from when they are written until the rounds are over.
   */
  private void expireSoon(StoreRig rig) {
    int count = expiring == 0 ? Math.max(1, many / 10) : expiring;
    long micros = 1_000_000L * 2 * (load.warmup + (long) load.rounds * load.seconds);
    new StoredRows(rig.database())
        .add(
            many,
            many + count,
            System.currentTimeMillis() * 1000 + nanosOfARow * count / 1000,
            Math.max(1, micros / count),
            new Progress("written", count, System.err)::add);
  }

  private int measure(
      String what, StoreRig small, StoreRig large, int ofSmall, int ofLarge, Goal goal)
      throws IOException {
    Contender fewer = contender(what + ", few", small, ofSmall);
    Contender more = contender(what + ", many", large, ofLarge);
    Result result = new Rounds(load, List.of(fewer, more)).run();
    outcome.add(goal, result);
    return Report.print("rows " + what, result, load);
  }

  private Contender contender(String name, StoreRig rig, int tokens) {
    return rig.server(
        name,
        seed -> new VerifyCall(new StoredSecrets(tokens), seed, TokenSet::subjectOf),
        CONNECTIONS,
        load.streams);
  }
}
