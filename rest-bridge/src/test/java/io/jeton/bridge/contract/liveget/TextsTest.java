package io.jeton.bridge.contract.liveget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "+7,7",
    "007,7",
    "-9223372036854775808,-9223372036854775808",
    "9223372036854775807,9223372036854775807"
  })
  void wholeNumber_isOfSixtyFourBits(String text, long number) {
    assertThat(Texts.wholeNumber(text)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        "--1",
        "1.0",
        "1e3",
        " 1",
        "1 ",
        "0x1",
        "٥",
        "１",
        "9223372036854775808",
        "-9223372036854775809"
      })
  void wholeNumber_isNothingElse(String text) {
    assertThat(Texts.wholeNumber(text)).isEmpty();
  }

  @Test
  void isLong_countsCharacters_notUnits() {
    assertThat(Texts.isLong("😀".repeat(255))).isFalse();
    assertThat(Texts.isLong("😀".repeat(256))).isTrue();
    assertThat(Texts.isLong("x".repeat(256))).isTrue();
  }

  @Test
  void isQq_isDigitsOnly() {
    assertThat(Texts.isQq("0123456789".repeat(3) + "01")).isTrue();
    assertThat(Texts.isQq("1".repeat(33))).isFalse();
    assertThat(Texts.isQq("")).isFalse();
    assertThat(Texts.isQq("-1")).isFalse();
  }
}
