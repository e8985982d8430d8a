package io.jeton.load.stats;

import java.util.Collection;

/** Medians of a few numbers. */
public final class Medians {
  private Medians() {}

  /** The middle one of the values, or the mean of the middle two. NaN when there are none. */
  public static double of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
