package io.jeton.bridge.contract.animeloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "-1.5, -1.5",
    "100, 100",
    "123456789012345680000, 123456789012345680000",
    "1e21, 1e+21",
    "1.5e300, 1.5e+300",
    "0.000001, 0.000001",
    "1e-7, 1e-7",
    "-1.25e-9, -1.25e-9",
    "0.1, 0.1",
    "2e-3, 0.002",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "4.9e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "9007199254740993, 9007199254740992",
    "1e400, Infinity",
    "-1e400, -Infinity",
    "2e23, 2e+23",
  })
  void text_isJavaScripts(String number, String text) {
    assertThat(JsNumbers.text(Double.parseDouble(number))).isEqualTo(text);
  }

  @Test
  void text_isTheSameNumber_andNoLongerThanJavas() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        String text = JsNumbers.text(number);
        assertThat(Double.parseDouble(text)).isEqualTo(number);
        assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(number)));
      }
    }
  }

  private static int digits(String text) {
    return text.toLowerCase(java.util.Locale.ROOT)
        .replaceAll("e.*", "")
        .replaceAll("[^0-9]", "")
        .replaceAll("^0+|0+$", "")
        .length();
  }
}
