package io.jeton.load.stats;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers of a run so far, and how many more requests may be made. Not thread-safe. */
public final class Tally {
  private static final int FAULTS_KEPT = 8;

  private final Histogram latency = new Histogram();
  private final Map<String, Long> faults = new LinkedHashMap<>();
  private long requestsLeft;
  private long wrong;

  /** Counts to so many requests. */
  public Tally(long requests) {
    requestsLeft = requests;
  }

  /** Takes one from the requests that may still be made, if there is one. */
  public boolean tryTakeRequest() {
    if (requestsLeft == 0) {
      return false;
    }
    requestsLeft--;
    return true;
  }

  /** Lets no more requests be made. */
  public void stop() {
    requestsLeft = 0;
  }

  /** Whether no more requests may be made. */
  public boolean isStopped() {
    return requestsLeft == 0;
  }

  /** What it came to. */
  public LoadResult result(Duration elapsed) {
    return new LoadResult(latency.count(), wrong, elapsed, latency, faults);
  }

  /** How many requests have been answered, rightly or not. */
  public long answers() {
    return latency.count() + wrong;
  }

  /**
   * Counts an answer.
   *
   * @param fault what is wrong with it, or null
   */
  public void add(long nanos, @Nullable String fault) {
    if (fault == null) {
      latency.record(nanos);
      return;
    }
    wrong++;
    boolean isNew = !faults.containsKey(fault) && faults.size() >= FAULTS_KEPT;
    faults.merge(isNew ? "other" : fault, 1L, Long::sum);
  }
}
