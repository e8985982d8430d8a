package io.jeton.load.stats;

/**
 * Counts of durations in log-linear buckets: exact below 256 ns, within 0.8 % above. Not
 * thread-safe.
 */
public final class Histogram {
  private static final int BITS = 7;
  private static final int HALF = 1 << BITS;

  private final long[] counts = new long[(Long.SIZE - BITS) << BITS];
  private long count;
  private long max;

  /** Adds one duration. A negative one counts as zero. */
  public void record(long nanos) {
    long value = Math.max(0, nanos);
    counts[bucket(value)]++;
    count++;
    max = Math.max(max, value);
  }

  /** How many durations were added. */
  public long count() {
    return count;
  }

  /**
   * The duration that the given share of all durations does not exceed, as the greatest one of its
   * bucket. Zero when there are none.
   */
  public long percentile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(greatestOf(i), max);
      }
    }
    return max;
  }

  /** The same in milliseconds. */
  public double percentileMillis(double share) {
    return percentile(share) / 1e6;
  }

  /** Adds all that another has. */
  public void add(Histogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    count += other.count;
    max = Math.max(max, other.max);
  }

  /** The greatest duration in nanoseconds. */
  public long max() {
    return max;
  }

  /** As a text without spaces, for {@link #decoded}. */
  String encoded() {
    StringBuilder text = new StringBuilder().append(max);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        text.append(',').append(i).append(':').append(counts[i]);
      }
    }
    return text.toString();
  }

  /** What {@link #encoded} made a text of. */
  static Histogram decoded(String text) {
    Histogram histogram = new Histogram();
    String[] parts = text.split(",", -1);
    histogram.max = Long.parseLong(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      int colon = parts[i].indexOf(':');
      long count = Long.parseLong(parts[i].substring(colon + 1));
      histogram.counts[Integer.parseInt(parts[i].substring(0, colon))] = count;
      histogram.count += count;
    }
    return histogram;
  }

  private static int bucket(long value) {
    if (value < HALF) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(value);
    return (shift << BITS) + (int) (value >>> shift);
  }

  private static long greatestOf(int bucket) {
    if (bucket < 2 * HALF) {
      return bucket;
    }
    int shift = (bucket >> BITS) - 1;
    long mantissa = bucket - ((long) shift << BITS);
    return ((mantissa + 1) << shift) - 1;
  }
}
