package io.jeton.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.bridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SettableClock clock = new SettableClock(START);

  @Test
  void take_allowsTheLimit_andSaysWhereTheAddressStands() {
    RateLimit limit = RateLimit.perMinute(2, clock);
    Instant end = START.plusSeconds(60);
    assertThat(limit.take("192.0.2.1")).isEqualTo(new RateLimit.Standing(true, 2, 1, end));
    clock.advance(Duration.ofSeconds(10));
    assertThat(limit.take("192.0.2.1")).isEqualTo(new RateLimit.Standing(true, 2, 0, end));
    assertThat(limit.take("192.0.2.1")).isEqualTo(new RateLimit.Standing(false, 2, 0, end));
    assertThat(limit.take("192.0.2.2").allowed()).isTrue();
  }

  @Test
  void look_saysWhereTheAddressStands_andCountsNothing() {
    RateLimit limit = RateLimit.perMinute(1, clock);
    Instant end = START.plusSeconds(60);
    RateLimit.Standing unused = new RateLimit.Standing(true, 1, 1, end);
    assertThat(limit.look("192.0.2.1")).isEqualTo(unused);
    assertThat(limit.look("192.0.2.1")).isEqualTo(unused);
    limit.take("192.0.2.1");
    assertThat(limit.look("192.0.2.1")).isEqualTo(new RateLimit.Standing(false, 1, 0, end));
  }

  @Test
  void take_beginsANewMinute_whenTheFirstHasEnded() {
    RateLimit limit = RateLimit.perMinute(1, clock);
    limit.take("192.0.2.1");
    clock.advance(Duration.ofMillis(59_999));
    assertThat(limit.take("192.0.2.1").allowed()).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(limit.take("192.0.2.1"))
        .isEqualTo(new RateLimit.Standing(true, 1, 0, START.plusSeconds(120)));
  }

  @Test
  void take_countsIpv6ByNetwork_andMappedIpv4AsIpv4() {
    RateLimit limit = RateLimit.perMinute(1, clock);
    assertThat(limit.take("2001:db8::1").allowed()).isTrue();
    assertThat(limit.take("2001:db8:0:0:ffff::").allowed()).isFalse();
    assertThat(limit.take("2001:db8:0:1::1").allowed()).isTrue();
    assertThat(limit.take("192.0.2.1").allowed()).isTrue();
    assertThat(limit.take("::ffff:192.0.2.1").allowed()).isFalse();
  }

  @Test
  void take_neverAllowsMoreThanTheLimit_toParallelRequests() {
    RateLimit limit = RateLimit.perMinute(100, clock);
    long allowed =
        IntStream.range(0, 1000)
            .parallel()
            .filter(unused -> limit.take("192.0.2.1").allowed())
            .count();
    assertThat(allowed).isEqualTo(100);
  }

  @Test
  void take_forgetsTheOldest_ofTooManyAddresses() {
    RateLimit limit = RateLimit.perMinute(1, clock);
    limit.take("first");
    limit.take("second");
    for (int i = 0; i < 99_999; i++) {
      limit.take("address " + i);
    }
    assertThat(limit.take("second").allowed()).isFalse();
    assertThat(limit.take("first").allowed()).isTrue();
  }
}
