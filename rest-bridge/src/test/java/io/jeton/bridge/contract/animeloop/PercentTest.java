package io.jeton.bridge.contract.animeloop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {
  @ParameterizedTest
  @CsvSource({
    "s%3Aa.b%2Fc, s:a.b/c",
    "a+b, a+b",
    "%E4%B8%AD%e6%96%87, 中文",
    "%F0%9F%98%80, 😀",
    "x%41y%42z, xAyBz",
    "%25zz, %zz",
    "é%C3%A9, éé",
  })
  void decode_readsEscapesAsUtf8(String encoded, String decoded) {
    assertThat(Percent.decode(encoded)).contains(decoded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%4",
        "a%",
        "%zz",
        "%4g",
        "%ff",
        "%c3",
        "%c3x",
        "%C0%AF",
        "%ED%A0%80",
        "%-1",
        "%１１"
      })
  void decode_refusesWhatIsNoEscapeOrNoUtf8(String encoded) {
    assertThat(Percent.decode(encoded)).isEmpty();
  }

  @Test
  void decode_keepsNulAndTheEmptyText() {
    assertThat(Percent.decode("%00")).contains("\0");
    assertThat(Percent.decode("")).contains("");
  }
}
