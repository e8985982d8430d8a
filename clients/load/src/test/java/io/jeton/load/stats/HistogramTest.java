package io.jeton.load.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void percentile_isExact_belowTwoHundredFiftySix() {
    var histogram = new Histogram();
    for (int nanos = 1; nanos <= 200; nanos++) {
      histogram.record(nanos);
    }
    assertThat(histogram.percentile(0.5)).isEqualTo(100);
    assertThat(histogram.percentile(0.99)).isEqualTo(198);
    assertThat(histogram.percentile(1)).isEqualTo(200);
    assertThat(histogram.count()).isEqualTo(200);
  }

  @Test
  void percentile_isWithinOnePercent_atEveryMagnitude() {
    for (long nanos = 1; nanos < Long.MAX_VALUE / 3; nanos *= 3) {
      var histogram = new Histogram();
      histogram.record(nanos);
      histogram.record(Long.MAX_VALUE);
      assertThat(histogram.percentile(0.5)).isCloseTo(nanos, Percentage.withPercentage(0.8));
      assertThat(histogram.percentile(1)).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void percentile_agreesWithSorting_ofRandomDurations() {
    var random = new SplittableRandom(7);
    var histogram = new Histogram();
    long[] all = random.longs(10_000, 0, 50_000_000).toArray();
    for (long nanos : all) {
      histogram.record(nanos);
    }
    java.util.Arrays.sort(all);
    for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999}) {
      long expected = all[(int) Math.ceil(share * all.length) - 1];
      assertThat(histogram.percentile(share))
          .isGreaterThanOrEqualTo(expected)
          .isCloseTo(expected, Percentage.withPercentage(0.8));
    }
  }

  @Test
  void percentile_neverExceedsTheGreatest() {
    var histogram = new Histogram();
    histogram.record(1_000_000);
    assertThat(histogram.percentile(0.99)).isEqualTo(1_000_000);
  }

  @Test
  void percentile_isZero_whenEmpty() {
    assertThat(new Histogram().percentile(0.99)).isZero();
  }

  @Test
  void record_countsANegativeDurationAsZero() {
    var histogram = new Histogram();
    histogram.record(-5);
    assertThat(histogram.count()).isEqualTo(1);
    assertThat(histogram.percentile(1)).isZero();
  }
}
