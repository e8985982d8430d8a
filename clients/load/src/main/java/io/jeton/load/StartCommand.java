package io.jeton.load;

import io.jeton.load.call.ProbeCall;
import io.jeton.load.child.BenchException;
import io.jeton.load.child.Child;
import io.jeton.load.child.Children;
import io.jeton.load.child.Servers;
import io.jeton.load.http2.ClosedLoop;
import io.jeton.load.http2.Plan;
import io.jeton.load.http2.Target;
import io.jeton.load.stats.LoadResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton bench start}: goal P9. */
@Command(name = "start", description = "Measures how long a server takes to its first answer.")
final class StartCommand implements Measurement {
  @Option(
      names = "--runs",
      paramLabel = "N",
      converter = Positive.class,
      description = "Starts on each kind of data directory. Defaults to ${DEFAULT-VALUE}.")
  private int runs = 5;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where to make data directories. Defaults to the system's temporary one.")
  private Path workDir = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean isJson;

  @Option(names = "--part", hidden = true, description = "It is a part of a whole run.")
  private boolean isPart;

  private final Outcome outcome = new Outcome();

  @Override
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public Integer call() throws IOException {
    List<StartTime> fresh = new ArrayList<>();
    List<StartTime> existing = new ArrayList<>();
    try (var children = Children.in(workDir)) {
      Path old = children.directory().resolve("existing");
      // The first start only makes the data directory.
      start(children, old);
      for (int run = 1; run <= runs; run++) {
        Path data = children.directory().resolve("new-" + run);
        fresh.add(start(children, data));
        Children.delete(data);
        existing.add(start(children, old));
        System.err.printf(
            Locale.ROOT,
            "run %d: new %.2f s, existing %.2f s%n",
            run,
            fresh.get(run - 1).answerSeconds(),
            existing.get(run - 1).answerSeconds());
      }
    }
    List<StartTimes> times =
        List.of(StartTimes.of("new data directory", fresh), StartTimes.of("existing", existing));
    outcome.add(Goal.P9_EXISTING, times.get(1).firstAnswer().median());
    outcome.add(Goal.P9_NEW, times.get(0).firstAnswer().median());
    if (isJson) {
      Report.json("start", times, System.out);
    } else {
      PrintStream out = isPart ? System.err : System.out;
      times.forEach(t -> out.print(t.table()));
    }
    return 0;
  }

  private static StartTime start(Children children, Path data) throws IOException {
    Child server = children.add(Servers.jeton(data, 0));
    var target = new Target(server.uri(), Servers.adminKey(data));
    LoadResult answer = ClosedLoop.run(target, new ProbeCall(), Plan.of(1, 1, 1));
    long answered = System.nanoTime();
    children.end(server);
    if (answer.right() != 1) {
      throw new BenchException("the first call failed: " + answer.faults().keySet());
    }
    return new StartTime(
        (server.readyNanos() - server.spawnNanos()) / 1e9, (answered - server.spawnNanos()) / 1e9);
  }
}
