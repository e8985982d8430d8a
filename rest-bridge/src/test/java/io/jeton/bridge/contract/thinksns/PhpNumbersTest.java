package io.jeton.bridge.contract.thinksns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhpNumbersTest {
  /** What {@code php -r 'echo json_decode("…");'} prints with the default precision. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "12345, 12345",
    "-7, -7",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9.2233720368548E+18",
    "1.5, 1.5",
    "1.50, 1.5",
    "0.0, 0",
    "13800138000.0, 13800138000",
    "0.1, 0.1",
    "0.0001, 0.0001",
    "0.00001, 1.0E-5",
    "1e14, 1.0E+14",
    "1e13, 10000000000000",
    "123456789012345678.9, 1.2345678901235E+17",
    "-2.5e-10, -2.5E-10",
    "0.30000000000000004, 0.3",
    "1e999, INF",
    "-1e999, -INF"
  })
  void text_isWhatPhpPrints(String json, String text) throws Exception {
    assertThat(PhpNumbers.text(Json.LENIENT.readTree(json))).isEqualTo(text);
  }
}
