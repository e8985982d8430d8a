package io.jeton.server.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.storage.Race;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenIdsTest {
  private static final long START = Instant.parse("2026-11-21T06:28:34Z").toEpochMilli();

  private final AtomicLong millis = new AtomicLong(START);
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());

  @Test
  void ids_ascend_withinAMillisecondAndAcross() {
    TokenIds ids = new TokenIds(clock, new Random(1));
    long last = 0;
    for (int i = 0; i < 20_000; i++) {
      if (i % 7 == 0) {
        millis.incrementAndGet();
      }
      long next = ids.next().value();
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }

  @Test
  void ids_ascend_whenMoreAreMadeInAMillisecondThanItHas() {
    TokenIds ids = new TokenIds(clock, new Random(1));
    long last = 0;
    for (int i = 0; i < 10_000; i++) {
      long next = ids.next().value();
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }

  @Test
  void ids_ascend_whenTheClockGoesBack() {
    TokenIds ids = new TokenIds(clock, new Random(1));
    long first = ids.next().value();
    millis.addAndGet(-3_600_000);
    long second = ids.next().value();
    millis.set(0);
    long third = ids.next().value();
    millis.set(START + 1);
    long fourth = ids.next().value();

    assertThat(second).isEqualTo(first + 1);
    assertThat(third).isEqualTo(first + 2);
    assertThat(fourth).isGreaterThan(third);
  }

  @Test
  void ids_areUnique_underThreads() throws Exception {
    TokenIds ids = new TokenIds(clock, new Random(1));
    var outcomes =
        Race.run(
            8,
            n ->
                () -> {
                  List<Long> made = new ArrayList<>();
                  for (int i = 0; i < 2_000; i++) {
                    made.add(ids.next().value());
                  }
                  assertThat(made).isSorted();
                  return made;
                });

    List<Long> all = new ArrayList<>();
    outcomes.forEach(outcome -> all.addAll(outcome.value()));
    assertThat(all).hasSize(16_000).doesNotHaveDuplicates();
  }

  @Test
  void ids_ofTwoNodes_seldomMeet_inAMillisecond() {
    assertThat(new TokenIds(clock, new Random(1)).next())
        .isNotEqualTo(new TokenIds(clock, new Random(2)).next());
  }

  @Test
  void ids_areAtMost2To53Minus1_untilTheYear2095() {
    millis.set(Instant.parse("2095-09-06T00:00:00Z").toEpochMilli());
    assertThat(new TokenIds(clock, new Random(1)).next().value()).isLessThanOrEqualTo(TokenId.MAX);
    assertThat(TokenId.MAX).isEqualTo(9_007_199_254_740_991L);
  }

  @Test
  void ids_arePositive_whenTheClockIsBefore2026() {
    millis.set(0);
    assertThat(new TokenIds(clock, new Random(1)).next().value()).isPositive();
  }

  @Test
  void tokenId_isRefused_outsideItsRange() {
    for (long value : new long[] {0, -1, TokenId.MAX + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> new TokenId(value)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void parse_readsDecimals_andNothingElse() {
    assertThat(TokenId.parse("1")).contains(new TokenId(1));
    assertThat(TokenId.parse("007")).contains(new TokenId(7));
    assertThat(TokenId.parse("9007199254740991")).contains(new TokenId(TokenId.MAX));
    for (String text :
        new String[] {
          "",
          "0",
          "-1",
          "+1",
          " 1",
          "1 ",
          "1.0",
          "1e3",
          "0x1",
          "a",
          "\u0661",
          "9007199254740992",
          "99999999999999999999"
        }) {
      assertThat(TokenId.parse(text)).as(text).isEmpty();
    }
  }
}
