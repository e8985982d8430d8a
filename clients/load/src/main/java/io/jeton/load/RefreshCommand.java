package io.jeton.load;

import io.jeton.load.call.FamilyCall;
import io.jeton.load.call.RefreshChains;
import io.jeton.load.child.Children;
import io.jeton.load.database.DatabaseFloor.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jeton bench refresh}: goal P5. */
@Command(
    name = "refresh",
    description =
        "Measures RefreshToken, each with the secret that the last refresh of its family answered,"
            + " as a share of plain inserts on the same database (F4).")
final class RefreshCommand implements Measurement {
  @Mixin private final LoadOptions load = new LoadOptions();

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--families",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "Families that are refreshed in turns, at least as many as calls in flight. Defaults to"
              + " ${DEFAULT-VALUE}.")
  private int families = 10_000;

  private final Outcome outcome = new Outcome();

  @Override
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public Integer call() throws IOException {
    try (var children = Children.in(store.workDir)) {
      StoreRig rig =
          StoreRig.start(children, children.directory().resolve("data"), store, Map.of());
      int needed = Math.max(families, 2 * load.connections * load.streams);
      RefreshChains chains = new RefreshChains();
      Seeding.run(
          rig.target(),
          new FamilyCall(chains, new Progress("issued", needed, System.err)::add),
          Seeding.ISSUES_IN_FLIGHT,
          needed);
      Contender floor = rig.floor("F4", Kind.INSERT, IssueCommand.FLOOR_THREADS, 0);
      Contender refresh =
          rig.server("refresh", seed -> chains.call(), load.connections, load.streams);
      Result result = new Rounds(load, List.of(floor, refresh)).run();
      outcome.add(Goal.P5, result);
      return Report.print("refresh", result, load);
    }
  }
}
