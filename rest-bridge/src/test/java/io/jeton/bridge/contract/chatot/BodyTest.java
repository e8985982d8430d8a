package io.jeton.bridge.contract.chatot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.jeton.bridge.Client;
import io.jeton.bridge.Inquiry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
      JsonNode body = read("{\"other\":" + value + ",\"login\":\"l\"}", "");
      assertThat(body.path("login").textValue()).isEqualTo("l");
      assertThat(body.path("other").isMissingNode()).isFalse();
    }
    assertThat(
            read("{\"" + "n".repeat(100_000) + "\":1,\"login\":\"l\"}", "")
                .path("login")
                .textValue())
        .isEqualTo("l");
    assertThat(read("[".repeat(DEEP) + "]".repeat(DEEP), "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "null",
        "\"a\"",
        "{",
        "[",
        "{\"a\":1",
        "{\"a\":[}",
        "{}{}",
        "[]1",
        "{\"a\":01}",
        " "
      })
  void read_refusesWhatIsNoDocument(String text) {
    assertThatThrownBy(() -> read(text, ""))
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure()).isEqualTo(Failure.MALFORMED_JSON));
  }

  @Test
  void read_takesAnEmptyEncoding_asNone() {
    assertThat(read("{\"login\":\"l\"}", "content-encoding").path("login").textValue())
        .isEqualTo("l");
  }

  private static JsonNode read(String text, String emptyHeader) {
    var headers =
        RequestHeaders.builder(HttpMethod.POST, "/token").set("content-type", "application/json");
    if (!emptyHeader.isEmpty()) {
      headers.set(emptyHeader, "");
    }
    return Body.read(
        new Inquiry(
            headers.build(),
            "",
            "/token",
            "",
            text.getBytes(StandardCharsets.UTF_8),
            "http://x",
            new Client("192.0.2.1", "test")));
  }
}
