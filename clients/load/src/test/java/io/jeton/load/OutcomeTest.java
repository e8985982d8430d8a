package io.jeton.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private final Outcome outcome = new Outcome();

  @Test
  void add_countsEveryAnswer_alsoOfTheWarmUp() {
    outcome.add(
        Result.of(
            List.of("F1", "jeton"),
            true,
            List.of(
                round(0, "F1", 100, 0),
                round(0, "jeton", 100, 3),
                round(1, "F1", 100, 0),
                round(1, "jeton", 90, 1))));
    assertThat(outcome.judged()).isEqualTo(394);
    assertThat(outcome.wrong()).isEqualTo(4);
    assertThat(outcome.findings()).isEmpty();
  }

  @Test
  void add_comparesTheRatioWithItsGoal() {
    Result result =
        Result.of(
            List.of("F1", "jeton"),
            true,
            List.of(round(1, "F1", 100, 0), round(1, "jeton", 79, 0)));
    outcome.add(Goal.P1, result);
    outcome.add(Goal.P3_AT_8, result);
    outcome.add(Goal.P8, 400);
    outcome.add(Goal.P8, 401);
    assertThat(outcome.findings())
        .extracting(Finding::isMet)
        .containsExactly(false, true, true, false);
    assertThat(outcome.findings().get(0).line()).contains("0.790", "≥ 0.80", "MISSED");
    assertThat(outcome.findings().get(2).line()).contains("400", "≤ 400", "met");
  }

  @Test
  void addTails_comparesTheP99s() {
    outcome.addTails(
        Goal.P12_LOGINS,
        Result.of(
            List.of("quiet", "flood"),
            true,
            List.of(round(1, "quiet", 100, 0), round(1, "flood", 250, 0))));
    assertThat(outcome.findings().get(0).value()).isEqualTo(2.5);
  }

  /** A round whose p99 in milliseconds, right answers and requests per second are one number. */
  private static Round round(int round, String server, long right, long wrong) {
    return new Round(round, server, right, 1, right, null, null, 0.5, right, wrong, Map.of());
  }
}
