package io.jeton.bridge.contract.chatot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MillisecondsTest {
  @ParameterizedTest
  @CsvSource({
    "2017-03-09T08:05:01.009Z, 2017-03-09T08:05:01.009Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z",
    "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59.999Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z",
    "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00.000Z",
  })
  void text_tellsMilliseconds(String time, String text) {
    assertThat(Milliseconds.text(Instant.parse(time))).isEqualTo(text);
  }

  @Test
  void text_isWhatTheJdkWouldTell() {
    DateTimeFormatter jdk =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      Instant time =
          Instant.ofEpochSecond(random.nextLong(253_402_300_800L), random.nextInt(1 << 29));
      assertThat(Milliseconds.text(time)).isEqualTo(jdk.format(time));
    }
  }
}
