package io.jeton.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Verdict;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastMinuteTest {
  private final AtomicLong active = new AtomicLong(100);
  private final LastMinute minute =
      new LastMinute(verdict -> verdict == Verdict.ACTIVE ? active.get() : 0);

  @Test
  void verdicts_areThoseOfTheLastSixPeriods() {
    assertThat(minute.verdicts()).isEmpty();
    active.addAndGet(5);
    for (int period = 0; period < 5; period++) {
      minute.run();
      assertThat(minute.verdicts()).containsOnlyKeys(Verdict.ACTIVE).containsValue(5L);
    }
    minute.run();
    assertThat(minute.verdicts()).isEmpty();
    active.incrementAndGet();
    assertThat(minute.verdicts()).containsOnlyKeys(Verdict.ACTIVE).containsValue(1L);
  }
}
