package io.jeton.load.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadResultTest {
  @Test
  void encoded_comesBackWhole() {
    Tally tally = new Tally(0);
    for (long nanos = 1; nanos < 50_000_000; nanos *= 3) {
      tally.add(nanos, null);
    }
    tally.add(5, "SQL state 40001");
    tally.add(5, "not the row that was asked for");
    LoadResult before = tally.result(Duration.ofMillis(1234));
    LoadResult after = LoadResult.decoded(before.encoded());
    assertThat(after).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(before);
    assertThat(after.latency().percentile(0.5)).isEqualTo(before.latency().percentile(0.5));
    assertThat(after.latency().max()).isEqualTo(43_046_721);
  }

  @Test
  void times_countsRightAnswersOnly() {
    Tally tally = new Tally(0);
    tally.add(10, null);
    tally.add(10, "wrong");
    LoadResult result = tally.result(Duration.ofSeconds(2)).times(100);
    assertThat(result.right()).isEqualTo(100);
    assertThat(result.wrong()).isEqualTo(1);
    assertThat(result.requestsPerSecond()).isEqualTo(50);
  }
}
