package io.jeton.load;

import io.jeton.load.stats.Medians;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The medians of a server's rounds. What is not known is null.
 *
 * @param right how many answers were right, while warming up too
 * @param wrong how many were not, while warming up too
 */
record Summary(
    String server,
    double requestsPerSecond,
    double p50Millis,
    double p99Millis,
    @Nullable Double cpuMicros,
    @Nullable Double serverShare,
    double loadShare,
    long right,
    long wrong) {
  /** Above this share of a core, a side was the one that the other waited for. */
  private static final double SATURATED = 0.97;

  static Summary of(String server, List<Round> all) {
    List<Round> own = all.stream().filter(r -> r.server().equals(server)).toList();
    List<Round> rounds = own.stream().filter(r -> !r.isWarmup()).toList();
    return new Summary(
        server,
        Medians.of(rounds.stream().map(Round::requestsPerSecond).toList()),
        Medians.of(rounds.stream().map(Round::p50Millis).toList()),
        Medians.of(rounds.stream().map(Round::p99Millis).toList()),
        median(rounds, Round::cpuMicros),
        median(rounds, Round::serverShare),
        Medians.of(rounds.stream().map(Round::loadShare).toList()),
        own.stream().mapToLong(Round::right).sum(),
        own.stream().mapToLong(Round::wrong).sum());
  }

  /** Which side was the bottleneck, in words. */
  String bottleneck() {
    Double share = serverShare;
    if (share == null) {
      return "unknown: the server's processor time is not";
    }
    if (share >= SATURATED) {
      return "the server";
    }
    return loadShare >= SATURATED
        ? "THE LOAD: these are the generator's figures, not the server's"
        : "NEITHER SIDE: a disk was waited for, or other programs had the core";
  }

  private static @Nullable Double median(
      List<Round> rounds, Function<Round, @Nullable Double> figure) {
    List<Double> known = rounds.stream().map(figure).filter(Objects::nonNull).toList();
    return known.isEmpty() ? null : Medians.of(known);
  }
}
