package io.jeton.bridge.contract.thinksns;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.jeton.bridge.RateLimit;
import io.jeton.bridge.RateLimit.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** How often a client may call, and what every answer says of it. Safe for several threads. */
final class Rates {
  private static final String LIMIT = "x-ratelimit-limit";
  private static final String REMAINING = "x-ratelimit-remaining";
  private static final String RESET = "x-ratelimit-reset";

  /** The seconds of the window that calls are counted in. */
  private static final long MINUTE = 60;

  private final RateLimit calls;
  private final InstantSource clock;

  Rates(int perMinute, InstantSource clock) {
    this.calls = RateLimit.perMinute(perMinute, clock);
    this.clock = clock;
  }

  /** Counts a call of an address. */
  Standing call(String address) {
    return calls.take(address);
  }

  /** Where an address stands, without counting a call. */
  Standing look(String address) {
    return calls.look(address);
  }

  /** An answer that says how many calls are left. */
  AggregatedHttpResponse tell(AggregatedHttpResponse answer, Standing standing) {
    return Answers.with(answer, headers(answer, standing.limit(), standing.remaining()));
  }

  /** The answer to a call too many. */
  AggregatedHttpResponse exceeded(Standing standing) {
    return tooMany(standing, Duration.between(clock.instant(), standing.resetTime()), MINUTE);
  }

  /** The answer to a failed login too many: calls of other kinds may well be left. */
  AggregatedHttpResponse throttled(Standing standing, Duration retryAfter) {
    return tooMany(standing, retryAfter, Long.MAX_VALUE);
  }

  private AggregatedHttpResponse tooMany(Standing standing, Duration retryAfter, long mostSeconds) {
    AggregatedHttpResponse answer = Answers.tooMany();
    Instant now = clock.instant();
    Instant reset = atLeastNextSecond(now, now.plus(retryAfter));
    long seconds = reset.getEpochSecond() - now.truncatedTo(ChronoUnit.SECONDS).getEpochSecond();
    return Answers.with(
        answer,
        headers(answer, standing.limit(), standing.remaining())
            .setLong(HttpHeaderNames.RETRY_AFTER, Math.min(seconds, mostSeconds))
            .setLong(RESET, reset.getEpochSecond()));
  }

  /** A time in whole seconds that is not before another and after now. */
  private static Instant atLeastNextSecond(Instant now, Instant time) {
    Instant rounded = time.truncatedTo(ChronoUnit.SECONDS);
    Instant up = rounded.equals(time) ? time : rounded.plusSeconds(1);
    Instant next = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    return up.isBefore(next) ? next : up;
  }

  private static ResponseHeadersBuilder headers(
      AggregatedHttpResponse answer, int limit, int remaining) {
    return answer.headers().toBuilder().setInt(LIMIT, limit).setInt(REMAINING, remaining);
  }
}
