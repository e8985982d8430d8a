package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class LifetimeConverterTest {
  @ParameterizedTest
  @CsvSource({
    "30d, PT720H",
    "12h, PT12H",
    "90m, PT1H30M",
    "45s, PT45S",
    "PT1H, PT1H",
    "PT0.000001S, PT0.000001S",
    "P1DT1S, PT24H1S"
  })
  void convert_readsShortAndIsoForms(String text, Duration expected) {
    assertThat(new LifetimeConverter().convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "d",
        "-1d",
        "0s",
        "PT0S",
        "PT-1S",
        "1.5h",
        "1w",
        "30D",
        "1h30m",
        "9999999999999d",
        "PT99999999999999999999S",
        "٣d"
      })
  void convert_refusesAnythingElse_inOneLine(String text) {
    assertThatThrownBy(() -> new LifetimeConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is not a lifetime (expected: 30d, 12h, 90m, 45s or PT1H30M)");
  }
}
