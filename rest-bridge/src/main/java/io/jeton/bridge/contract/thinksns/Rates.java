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

  private final int perMinute;
  private final RateLimit calls;
  private final InstantSource clock;

  Rates(int perMinute, InstantSource clock) {
    this.perMinute = perMinute;
    this.calls = RateLimit.perMinute(perMinute, clock);
    this.clock = clock;
  }

  /** Counts a call of an address. */
  Standing call(String address) {
    return calls.take(address);
  }

  /** An answer that says how many calls are left. */
  AggregatedHttpResponse tell(AggregatedHttpResponse answer, Standing standing) {
    return Answers.with(answer, headers(answer, standing.limit(), standing.remaining()));
  }

  /** An answer to what runs nothing and is not counted: it says how many calls a minute has. */
  AggregatedHttpResponse tellUncounted(AggregatedHttpResponse answer) {
    return Answers.with(answer, headers(answer, perMinute, perMinute));
  }

  /** The answer to a call too many. */
  AggregatedHttpResponse exceeded(Standing standing) {
    return tooMany(standing.limit(), Duration.between(clock.instant(), standing.resetTime()));
  }

  /** The answer to a failed login too many. */
  AggregatedHttpResponse throttled(Standing standing, Duration retryAfter) {
    return tooMany(standing.limit(), retryAfter);
  }

  private AggregatedHttpResponse tooMany(int limit, Duration retryAfter) {
    AggregatedHttpResponse answer = Answers.tooMany();
    Instant now = clock.instant();
    Instant reset = atLeastNextSecond(now, now.plus(retryAfter));
    long seconds = reset.getEpochSecond() - now.truncatedTo(ChronoUnit.SECONDS).getEpochSecond();
    return Answers.with(
        answer,
        headers(answer, limit, 0)
            .setLong(HttpHeaderNames.RETRY_AFTER, seconds)
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
