package io.jeton.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a measurement came to. The first server is the floor, with which the others are compared.
 *
 * @param ratios of the others to the first
 * @param wrong how many answers were wrong, of any server, in warm-up and rounds
 * @param heap if it was measured
 */
record Result(
    boolean isPinned,
    List<Round> rounds,
    List<Summary> medians,
    List<Ratio> ratios,
    long wrong,
    @Nullable HeapPerToken heap) {
  /**
   * A server's figures as a share of the first one's.
   *
   * @param requestsPerSecond of the medians
   * @param lowest of a round
   * @param highest of a round
   * @param cpu processor time for one request, if it is known
   */
  record Ratio(
      String server,
      String of,
      double requestsPerSecond,
      double lowest,
      double highest,
      @Nullable Double cpu) {}

  static Result of(List<String> servers, boolean isPinned, List<Round> rounds) {
    List<Summary> medians = servers.stream().map(s -> Summary.of(s, rounds)).toList();
    List<Ratio> ratios = new ArrayList<>();
    for (Summary other : medians.subList(1, medians.size())) {
      ratios.add(ratio(medians.get(0), other, rounds));
    }
    return new Result(
        isPinned, rounds, medians, ratios, rounds.stream().mapToLong(Round::wrong).sum(), null);
  }

  Result with(@Nullable HeapPerToken heap) {
    return new Result(isPinned, rounds, medians, ratios, wrong, heap);
  }

  private static Ratio ratio(Summary floor, Summary other, List<Round> rounds) {
    double[] each =
        rounds.stream()
            .filter(r -> r.server().equals(other.server()) && !r.isWarmup())
            .mapToDouble(r -> r.requestsPerSecond() / sameRound(floor, r, rounds))
            .sorted()
            .toArray();
    Double floorCpu = floor.cpuMicros();
    Double cpu = other.cpuMicros();
    return new Ratio(
        other.server(),
        floor.server(),
        other.requestsPerSecond() / floor.requestsPerSecond(),
        each[0],
        each[each.length - 1],
        floorCpu == null || cpu == null ? null : cpu / floorCpu);
  }

  private static double sameRound(Summary floor, Round other, List<Round> rounds) {
    return rounds.stream()
        .filter(r -> r.server().equals(floor.server()) && r.round() == other.round())
        .mapToDouble(Round::requestsPerSecond)
        .findFirst()
        .orElse(Double.NaN);
  }
}
