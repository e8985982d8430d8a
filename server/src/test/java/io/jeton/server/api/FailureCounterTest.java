package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.storage.Race;
import io.jeton.server.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureCounterTest {
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
  private final FailureCounter counter = new FailureCounter(3, WINDOW, 4, clock);

  @Test
  void begin_refusesFromTheLimitOn_untilTheWindowOfTheFirstFailureIsOver() {
    fail("a");
    clock.advance(Duration.ofMinutes(2));
    fail("a");
    fail("a");
    assertThat(refused("a")).isEqualTo(Duration.ofMinutes(3));
    clock.advance(Duration.ofMinutes(3).minusMillis(1));
    assertThat(refused("a")).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofMillis(1));
    fail("a");
    fail("a");
    fail("a");
    assertThat(refused("a")).isEqualTo(WINDOW);
  }

  @Test
  void aSuccess_neitherCounts_norForgives() {
    fail("a");
    fail("a");
    for (int n = 0; n < 10; n++) {
      counter.begin("a");
      counter.end("a", false);
    }
    fail("a");
    refused("a");
  }

  @Test
  void keys_countApart() {
    for (int n = 0; n < 3; n++) {
      fail("a");
    }
    fail("b");
    refused("a");
  }

  @Test
  void attemptsUnderWay_countAsFailures() {
    fail("a");
    counter.begin("a");
    counter.begin("a");
    assertThat(refused("a")).isEqualTo(Duration.ofSeconds(1));
    counter.end("a", false);
    counter.begin("a");
    counter.end("a", true);
    counter.end("a", true);
    assertThat(refused("a")).isEqualTo(WINDOW);
  }

  @Test
  void anAttempt_thatOutlivesTheWindow_countsInTheNext() {
    fail("a");
    fail("a");
    counter.begin("a");
    clock.advance(WINDOW);
    counter.end("a", true);
    fail("a");
    fail("a");
    refused("a");
  }

  @Test
  void ofParallelAttempts_noneSlipsPastTheLimit() throws Exception {
    FailureCounter wide = new FailureCounter(20, WINDOW, 4, clock);
    var outcomes =
        Race.run(
            32,
            n ->
                () -> {
                  wide.begin("a");
                  return n;
                });
    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(20);
  }

  @Test
  void whenThereAreTooManyKeys_theOldestIsForgotten_butNoneUnderWay() {
    for (int n = 0; n < 3; n++) {
      fail("a");
    }
    counter.begin("under way");
    for (String key : new String[] {"b", "c"}) {
      fail(key);
    }
    refused("a");
    fail("d");
    fail("a");
    fail("e");
    fail("f");
    counter.end("under way", true);
    fail("under way");
    fail("under way");
    refused("under way");
  }

  private void fail(String key) {
    counter.begin(key);
    counter.end(key, true);
  }

  private Duration refused(String key) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> counter.begin(key));
    assertThat(refused).as("it was to be refused").isNotNull();
    assertThat(refused.refusal()).isEqualTo(Refusal.LOGINS_THROTTLED);
    return refused.retryAfter();
  }
}
