package io.jeton.load;

import io.jeton.load.child.BenchException;
import io.jeton.load.child.CpuTime;
import io.jeton.load.child.Pin;
import io.jeton.load.stats.LoadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loads servers in turns: A B A B …, so that whatever else the machine does meets them all. */
final class Rounds {
  private final LoadOptions options;
  private final List<Contender> contenders;
  private final List<Round> rounds = new ArrayList<>();

  Rounds(LoadOptions options, List<Contender> contenders) {
    this.options = options;
    this.contenders = contenders;
  }

  /** Warms up on every core, binds everything to its core, and measures. Blocks. */
  Result run() throws IOException {
    options.rows().println(Report.heading());
    for (Contender contender : contenders) {
      add(measure(contender, 0, options.warmup));
    }
    boolean isPinned = pin();
    System.err.println(
        isPinned
            ? "servers on core %d, load on core %d".formatted(options.serverCpu, options.loadCpu)
            : "not bound to cores: the figures of different runs cannot be compared");
    for (int round = 1; round <= options.rounds; round++) {
      for (Contender contender : contenders) {
        add(measure(contender, round, options.seconds));
      }
    }
    List<String> names = contenders.stream().map(Contender::name).toList();
    return Result.of(names, isPinned, rounds);
  }

  private boolean pin() {
    if (options.isUnpinned || contenders.stream().anyMatch(c -> c.processes().isEmpty())) {
      return false;
    }
    boolean isPinned = Pin.pin(ProcessHandle.current(), options.loadCpu);
    for (Contender contender : contenders) {
      for (ProcessHandle process : contender.processes()) {
        isPinned &= Pin.pin(process, options.serverCpu);
      }
    }
    return isPinned;
  }

  private void add(Round round) {
    rounds.add(round);
    options.rows().println(Report.line(round));
  }

  private Round measure(Contender contender, int round, int seconds) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Duration loadBegin = CpuTime.of(self);
    Duration begin = used(contender);
    Optional<Thread> meanwhile = contender.meanwhile().map(each -> each.apply(seconds));
    LoadResult result = contender.loader().load(options, seconds, round);
    meanwhile.ifPresent(Rounds::join);
    Duration used = contender.processes().isEmpty() ? null : used(contender).minus(begin);
    return Round.of(round, contender.name(), result, used, CpuTime.of(self).minus(loadBegin));
  }

  private static Duration used(Contender contender) {
    return contender.processes().stream().map(CpuTime::of).reduce(Duration.ZERO, Duration::plus);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }
}
