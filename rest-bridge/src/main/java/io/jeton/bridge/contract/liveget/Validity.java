package io.jeton.bridge.contract.liveget;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jeton.v1.IssueTokenRequest;
import java.time.Instant;
import java.util.OptionalLong;

/** When a new code ends. */
final class Validity {
  /** The longest lifetime that the core counts itself, so that it begins when the code does. */
  private static final long LONGEST_LIFETIME = 3_155_695_200L;

  private Validity() {}

  /** Says when a code ends that is valid for so many seconds; none: that it does not end. */
  static void set(IssueTokenRequest.Builder request, OptionalLong seconds, Instant now) {
    if (seconds.isEmpty()) {
      request.clearExpiry();
    } else if (seconds.getAsLong() > 0 && seconds.getAsLong() <= LONGEST_LIFETIME) {
      request.setLifetime(Duration.newBuilder().setSeconds(seconds.getAsLong()));
    } else {
      request.setExpireTime(end(seconds.getAsLong(), now));
    }
  }

  /** A time within what can be stored. */
  private static Timestamp end(long seconds, Instant now) {
    long start = now.getEpochSecond();
    if (seconds > WallClock.LAST_SECOND - start) {
      return Timestamp.newBuilder().setSeconds(WallClock.LAST_SECOND).build();
    }
    if (seconds < WallClock.FIRST_SECOND - start) {
      return Timestamp.newBuilder().setSeconds(WallClock.FIRST_SECOND).build();
    }
    return Timestamp.newBuilder().setSeconds(start + seconds).setNanos(now.getNano()).build();
  }
}
