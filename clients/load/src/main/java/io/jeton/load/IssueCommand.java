package io.jeton.load;

import io.jeton.load.call.IssueCall;
import io.jeton.load.child.Children;
import io.jeton.load.database.DatabaseFloor.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code jeton bench issue}: goal P4. */
@Command(
    name = "issue",
    description =
        "Measures IssueToken, acknowledged when it is on disk, connections × streams at a time, as a"
            + " share of plain inserts into a table of the same shape on the same database, each"
            + " committed by itself, from 32 threads (F4).")
final class IssueCommand implements Measurement {
  /** How many threads F4 has. */
  static final int FLOOR_THREADS = 32;

  @Mixin private final LoadOptions load = new LoadOptions();

  @Mixin private final StoreOptions store = new StoreOptions();

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
      Contender floor = rig.floor("F4", Kind.INSERT, FLOOR_THREADS, 0);
      Contender issue =
          rig.server(
              "issue",
              seed -> new IssueCall((token, secret) -> {}, n -> {}),
              load.connections,
              load.streams);
      Result result = new Rounds(load, List.of(floor, issue)).run();
      outcome.add(Goal.P4, result);
      return Report.print("issue", result, load);
    }
  }
}
