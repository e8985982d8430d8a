package io.jeton.load.http2;

import io.jeton.load.stats.Histogram;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers of a run so far, and how many more requests may be made. Not thread-safe. */
final class Tally {
  private static final int FAULTS_KEPT = 8;

  final Histogram latency = new Histogram();
  final Map<String, Long> faults = new LinkedHashMap<>();
  private long requestsLeft;
  private long wrong;

  Tally(long requests) {
    requestsLeft = requests;
  }

  /** Takes one from the requests that may still be made, if there is one. */
  boolean tryTakeRequest() {
    if (requestsLeft == 0) {
      return false;
    }
    requestsLeft--;
    return true;
  }

  void stop() {
    requestsLeft = 0;
  }

  boolean isStopped() {
    return requestsLeft == 0;
  }

  long wrong() {
    return wrong;
  }

  long answers() {
    return latency.count() + wrong;
  }

  void add(long nanos, @Nullable String fault) {
    if (fault == null) {
      latency.record(nanos);
      return;
    }
    wrong++;
    boolean isNew = !faults.containsKey(fault) && faults.size() >= FAULTS_KEPT;
    faults.merge(isNew ? "other" : fault, 1L, Long::sum);
  }
}
