package io.jeton.bridge.contract.liveget;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.jeton.bridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WallClockTest {
  private final SettableClock instants = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final WallClock clock = new WallClock(instants, ZoneId.of("UTC"));

  @Test
  void now_followsTheClock_andTheZone() {
    assertThat(clock.now()).isEqualTo("2026/01/01-00:00:00");
    instants.advance(Duration.ofMillis(999));
    assertThat(clock.now()).isEqualTo("2026/01/01-00:00:00");
    instants.advance(Duration.ofMillis(1));
    assertThat(clock.now()).isEqualTo("2026/01/01-00:00:01");
    clock.learn("Asia/Shanghai");
    assertThat(clock.now()).isEqualTo("2026/01/01-08:00:01");
  }

  @Test
  void learn_keepsTheZone_whenTheNewOneIsUnknown() {
    clock.learn("Asia/Shanghai");
    clock.learn("");
    clock.learn("Mars/Olympus");
    clock.learn("../etc");
    assertThat(clock.now()).isEqualTo("2026/01/01-08:00:00");
  }

  @Test
  void text_staysWithinFourDigitsOfYear_inEveryZone() {
    for (String zone : new String[] {"Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Shanghai"}) {
      clock.learn(zone);
      assertThat(text(Long.MAX_VALUE / 1_000_000)).isEqualTo("9999/12/31-23:59:59");
      assertThat(text(WallClock.LAST_SECOND)).startsWith("9999/12/31-");
      assertThat(text(WallClock.FIRST_SECOND)).startsWith("0001/01/01-");
    }
    clock.learn("UTC");
    assertThat(text(WallClock.LAST_SECOND)).isEqualTo(WallClock.never());
    assertThat(text(-59_011_459_200L)).isEqualTo("0100/01/01-00:00:00");
  }

  private String text(long seconds) {
    return clock.text(Timestamp.newBuilder().setSeconds(seconds).build());
  }
}
