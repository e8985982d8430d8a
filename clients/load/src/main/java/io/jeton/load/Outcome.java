package io.jeton.load;

import java.util.ArrayList;
import java.util.List;

/** What a command found, and how many answers it judged. Not thread-safe. */
final class Outcome {
  private final List<Finding> findings = new ArrayList<>();
  private long judged;
  private long wrong;

  List<Finding> findings() {
    return findings;
  }

  /** How many answers were compared with the right ones. */
  long judged() {
    return judged;
  }

  /** How many of them were not right. */
  long wrong() {
    return wrong;
  }

  /** Counts answers. */
  void count(long right, long wrong) {
    this.judged += right + wrong;
    this.wrong += wrong;
  }

  /** Counts the answers of a result. */
  void add(Result result) {
    count(result.medians().stream().mapToLong(Summary::right).sum(), result.wrong());
  }

  /** Counts the answers of a result, whose second server's share of the first is the finding. */
  void add(Goal goal, Result result) {
    add(result);
    Result.Ratio ratio = result.ratios().get(0);
    findings.add(
        Finding.of(
            goal,
            ratio.requestsPerSecond(),
            ratio.lowest(),
            ratio.highest(),
            result.medians().get(1)));
  }

  /** Counts the answers of a result, whose p99s' ratio is the finding. */
  void addTails(Goal goal, Result result) {
    add(result);
    Summary quiet = result.medians().get(0);
    Summary busy = result.medians().get(1);
    findings.add(Finding.of(goal, busy.p99Millis() / quiet.p99Millis(), null, null, busy));
  }

  /** Adds a finding that is no ratio of rounds. */
  void add(Goal goal, double value) {
    findings.add(Finding.of(goal, value));
  }
}
