package io.jeton.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.testing.Jwts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token has one text only. */
class JwtTest {
  private static final String HEADER = Jwts.encode("{\"alg\":\"HS256\"}");
  private static final String PAYLOAD = Jwts.encode("{\"sub\":1}");

  @Test
  void parse_takesApart_whatIsWrittenTheOneWay() {
    Jwt token = Jwt.parse(HEADER + "." + PAYLOAD + ".AQI").orElseThrow();

    assertThat(token.header().text("alg")).contains("HS256");
    assertThat(token.payload().textOrInteger("sub")).contains("1");
    assertThat(token.signature()).containsExactly(1, 2);
    assertThat(new String(token.signed(), StandardCharsets.US_ASCII))
        .isEqualTo(HEADER + "." + PAYLOAD);
    assertThat(Jwt.parse(Jwts.CREATED)).isPresent();
    assertThat(Jwt.parse(Jwts.REFRESHED)).isPresent();
  }

  @Test
  void parse_refuses_aSecondTextOfTheSameBytes() {
    String signed = HEADER + "." + PAYLOAD + ".";

    assertThat(Jwt.parse(signed + "AQI")).isPresent();
    // The last two bits say nothing.
    assertThat(Base64.getUrlDecoder().decode("AQJ")).containsExactly(1, 2);
    for (String other : new String[] {"AQJ", "AQI=", "AQI ", "AQ I", "AQI\n", "AQI."}) {
      assertThat(Jwt.parse(signed + other)).as(other).isEmpty();
    }
    assertThat(Jwt.parse(signed + "A+I")).isEmpty();
    assertThat(Jwt.parse(signed + "A-I")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sub\":1,\"sub\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"sub\":1} {}",
        "{\"sub\":1}x",
        "[1]",
        "1",
        "",
        "{",
        "{'sub':1}",
        "{\"sub\":01}",
        "{\"sub\":NaN}",
        "// comment\n{}",
        "\uFEFF{}"
      })
  void parse_refuses_whatIsNotOneJsonObject(String payload) {
    assertThat(Jwt.parse(HEADER + "." + Jwts.encode(payload) + ".AQI")).isEmpty();
    assertThat(Claims.parse(payload.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void parse_refuses_whatIsNotUtf8() {
    assertThat(Claims.parse("{\"sub\":1}".getBytes(StandardCharsets.UTF_16LE))).isEmpty();
    assertThat(Claims.parse(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})).isEmpty();
  }

  @Test
  void parse_refuses_whatIsTooDeepOrTooLong() {
    String nested = "{\"a\":".repeat(16) + "1" + "}".repeat(16);
    assertThat(Claims.parse(nested.getBytes(StandardCharsets.UTF_8))).isPresent();
    assertThat(Claims.parse(("{\"a\":" + nested + "}").getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(Claims.parse(("{\"a\":" + "1".repeat(33) + "}").getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
    assertThat(Jwt.isShaped("e" + "a".repeat(4091) + ".b.c")).isTrue();
    assertThat(Jwt.isShaped("e" + "a".repeat(4092) + ".b.c")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "e", "e.", "e.f", "e.f.g.h", "a.b.c", "jt_x", ".e.f"})
  void isShaped_isFalse_forAnythingElse(String text) {
    assertThat(Jwt.isShaped(text)).isFalse();
    assertThat(Jwt.parse(text)).isEmpty();
  }

  @Test
  void time_isAWholeSecond_thatCanBeStored() {
    Claims claims =
        Claims.parse(
                ("{\"a\":0,\"b\":253402300799,\"c\":253402300800,\"d\":-1,\"e\":1.5,\"f\":\"1\","
                        + "\"g\":1e3,\"h\":null,\"i\":true,\"j\":99999999999999999999}")
                    .getBytes(StandardCharsets.UTF_8))
            .orElseThrow();

    assertThat(claims.time("a")).isPresent();
    assertThat(claims.time("b")).isPresent();
    for (String name : "c d e f g h i j absent".split(" ")) {
      assertThat(claims.time(name)).as(name).isEmpty();
    }
  }
}
