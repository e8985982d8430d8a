package io.jeton.bridge.contract.lanying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  private static final int DEEP = 51_000;

  @Test
  void read_takesWhateverFitsIntoABody() {
    for (String value :
        new String[] {
          "1".repeat(100_000),
          "-1." + "2".repeat(90_000) + "e99999999999",
          "\"" + "s".repeat(100_000) + "\"",
          "[".repeat(DEEP) + "]".repeat(DEEP),
          "{\"a\":".repeat(15_000) + "1" + "}".repeat(15_000)
        }) {
      assertThat(read("{\"other\":" + value + ",\"name\":\"maxim\"}").text("name"))
          .isEqualTo("maxim");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "null", "\"a\"", "[]", "{", "{\"a\":1", "{\"a\":[}", "{}{}", " "})
  void read_refusesWhatIsNoObject(String text) {
    assertRefused(() -> read(text), "body");
  }

  @Test
  void read_refusesWhatIsNotUtf8() {
    assertRefused(() -> Body.read("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)), "body");
    assertRefused(() -> Body.read("{\"a\":1}".getBytes(StandardCharsets.UTF_16)), "body");
  }

  @Test
  void text_mustBeThere_andBeAText() {
    Body body = read("{\"a\":\"x\",\"null\":null,\"empty\":\"\",\"number\":1,\"list\":[\"x\"]}");
    assertThat(body.text("a")).isEqualTo("x");
    for (String name : new String[] {"null", "empty", "number", "list", "missing"}) {
      assertRefused(() -> body.text(name), name);
    }
    assertThat(body.optionalText("null")).isEmpty();
    assertThat(body.optionalText("empty")).isEmpty();
    assertThat(body.optionalText("missing")).isEmpty();
    assertRefused(() -> body.optionalText("number"), "number");
  }

  @Test
  void text_isOneThatUtf8CanSay() {
    assertThat(read("{\"a\":\"\\ud83d\\ude00\\u0000\"}").text("a")).isEqualTo("😀\0");
    assertRefused(() -> read("{\"a\":\"\\ud83d\"}").text("a"), "a");
    assertRefused(() -> read("{\"a\":\"\\ude00\\ud83d\"}").text("a"), "a");
  }

  @Test
  void ofEqualNames_theLastCounts() {
    assertThat(read("{\"a\":1,\"a\":\"x\"}").text("a")).isEqualTo("x");
    assertThat(read("{\"a\":\"x\",\"a\":null}").optionalText("a")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "6597157180416, 6597157180416",
    "'\"6597157180416\"', 6597157180416",
    "'\"007\"', 7",
    "0, 0",
    "-0, 0",
    "-5, -5",
    "9223372036854775807, 9223372036854775807",
    "'\"-9223372036854775808\"', -9223372036854775808"
  })
  void integer_isANumberOrADecimalText(String json, long number) {
    assertThat(read("{\"a\":" + json + "}").integer("a")).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "1.0",
        "1e3",
        "[1]",
        "{\"a\":1}",
        "\"\"",
        "\" 1\"",
        "\"1 \"",
        "\"+1\"",
        "\"1.0\"",
        "\"0x1\"",
        "\"٣\"",
        "9223372036854775808",
        "\"9223372036854775808\"",
        "00000000000000000000000"
      })
  void integer_refusesWhatIsNone(String json) {
    assertThatThrownBy(() -> read("{\"a\":" + json + "}").integer("a"))
        .isInstanceOf(FailureException.class);
  }

  private static Body read(String text) {
    return Body.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure()).isEqualTo(Failure.invalid(field)));
  }
}
