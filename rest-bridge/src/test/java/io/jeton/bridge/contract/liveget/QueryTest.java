package io.jeton.bridge.contract.liveget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "token=T1|T1",
        "x=y&token=T1&|T1",
        "token=a=b|a=b",
        "token=a+b%20c%2b|a b c+",
        "token=%E6%8e%88|授",
        "%74oken=T|T",
        "token=a&token=b&token=c|a,b,c",
        "token=&token=b|,b",
        "token=%zz&token=b|b",
        "token=%00|\u0000"
      })
  void value_isDecodedUtf8(String query, String value) {
    assertThat(Query.of(query).value(Parameter.TOKEN)).contains(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&",
        "=",
        "token",
        "token=",
        "TOKEN=x",
        "token =x",
        "%7=x",
        "token=%",
        "token=%4",
        "token=%zz",
        "token=%-1",
        "token=%FF",
        "token=%C0%AF",
        "token=%ED%A0%80",
        "token=%F5%80%80%80",
        "token=\uFFFF"
      })
  void value_isMissing(String query) {
    assertThat(Query.of(query).value(Parameter.TOKEN)).isEmpty();
  }

  @Test
  void value_isReadFromBytesThatWereSentBare() {
    String bare =
        new String(
            "token=授%E6%9D%83".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(Query.of(bare).value(Parameter.TOKEN)).contains("授权");
    assertThat(Query.of("token=\u00e6").value(Parameter.TOKEN)).isEmpty();
  }

  @Test
  void isUndecodable_tellsAWrongValueFromNone() {
    assertThat(Query.of("machine=%zz").isUndecodable(Parameter.MACHINE)).isTrue();
    assertThat(Query.of("machine=").isUndecodable(Parameter.MACHINE)).isFalse();
    assertThat(Query.of("").isUndecodable(Parameter.MACHINE)).isFalse();
  }

  @Test
  void require_namesAllThatAreMissing_inTheGivenOrder() {
    assertThatThrownBy(
            () -> Query.of("function=f").require(Parameter.QQ, Parameter.FUNCTION, Parameter.TOKEN))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.parameters()).containsExactly(Parameter.QQ, Parameter.TOKEN));
  }
}
