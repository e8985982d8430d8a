package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnonymousQuotasTest {
  private final Realm realm = new Realm(1, new RealmName("default"));
  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
  private final AtomicLong stored = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final AnonymousQuotas quotas =
      new AnonymousQuotas(
          (in, issuer, now, most) -> {
            asked.incrementAndGet();
            return Math.min(most, stored.get());
          },
          Runnable::run,
          clock);

  @Test
  void asMany_asAreAllowed_areMade_andTheStoreIsAskedOnce() {
    stored.set(3);
    for (int i = 0; i < 7; i++) {
      make();
    }
    assertFull();
    assertFull();
    assertThat(asked).hasValue(1);
  }

  @Test
  void endedOnes_areNoticedAMinuteLater_andNotBefore() {
    for (int i = 0; i < 10; i++) {
      make();
    }
    stored.set(4);
    clock.advance(Duration.ofSeconds(59));
    assertFull();
    clock.advance(Duration.ofSeconds(1));
    for (int i = 0; i < 6; i++) {
      make();
    }
    assertFull();
    assertThat(asked).hasValue(2);
  }

  @Test
  void whatIsBeingMade_whileTheStoreIsAsked_counts() {
    for (int i = 0; i < 9; i++) {
      make();
    }
    Runnable open = quotas.take(realm, "chatot", 10);
    stored.set(9);
    clock.advance(Duration.ofMinutes(1));
    assertFull();
    open.run();
    stored.set(9);
    clock.advance(Duration.ofMinutes(1));
    make();
    assertFull();
  }

  @Test
  void issuers_areCountedApart() {
    for (int i = 0; i < 10; i++) {
      make();
    }
    quotas.take(realm, "other", 1).run();
    assertFull();
  }

  @Test
  void aStoreThatDoesNotAnswer_isAskedAgain_tenSecondsLater() {
    AtomicInteger calls = new AtomicInteger();
    AnonymousQuotas broken =
        new AnonymousQuotas(
            (in, issuer, now, most) -> {
              if (calls.incrementAndGet() == 1) {
                throw RefusedException.of(Refusal.STORE_UNAVAILABLE);
              }
              return most;
            },
            Runnable::run,
            clock);
    broken.take(realm, "chatot", 10).run();
    clock.advance(Duration.ofSeconds(9));
    broken.take(realm, "chatot", 10).run();
    assertThat(calls).hasValue(1);
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> broken.take(realm, "chatot", 10)).hasMessage("QUOTA_EXCEEDED");
    assertThat(calls).hasValue(2);
  }

  @Test
  void aStoreThatCountsForLong_isNotWaitedFor_andItsAnswerCountsWhenItComes() {
    List<Runnable> later = new ArrayList<>();
    AnonymousQuotas slow =
        new AnonymousQuotas((in, issuer, now, most) -> most - 2, later::add, clock);
    slow.take(realm, "chatot", 10).run();
    slow.take(realm, "chatot", 10).run();
    assertThat(later).hasSize(1);

    later.get(0).run();
    assertThatThrownBy(() -> slow.take(realm, "chatot", 10)).hasMessage("QUOTA_EXCEEDED");
  }

  private void make() {
    quotas.take(realm, "chatot", 10).run();
  }

  private void assertFull() {
    assertThatThrownBy(() -> quotas.take(realm, "chatot", 10))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.refusal()).isEqualTo(Refusal.QUOTA_EXCEEDED);
              assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(1));
            });
  }
}
