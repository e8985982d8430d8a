package io.jeton.bridge.contract.animeloop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.bridge.example.Example;
import io.jeton.bridge.testing.FakeWorld;
import io.jeton.bridge.testing.Given;
import io.jeton.bridge.testing.Recordings;
import io.jeton.bridge.testing.Wire;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnimeloopExamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> captured = new HashMap<>();

  @Test
  void examples_getTheirCodes_inTheirOrder() throws Exception {
    List<String> codes =
        List.of(
            "1320001", "1320002", "1320003", "1320002", "1320002", "1320002", "1320001", "1320003",
            "", "", "400", "1320003");
    List<Example> examples = Example.of("animeloop");
    assertThat(examples).hasSameSizeAs(codes);
    Given given = Recordings.all("animeloop").get("document-list").given();
    try (FakeWorld world = FakeWorld.start(given)) {
      for (int i = 0; i < examples.size(); i++) {
        Example example = examples.get(i);
        Wire.Answer answer = Wire.send(world.port(), request(example));
        assertThat(answer.status()).as(example.title()).isEqualTo(example.status());
        assertThat(JSON.readTree(answer.text()).path("code").asText())
            .as(example.title())
            .isEqualTo(codes.get(i));
        for (var capture : example.capture().entrySet()) {
          captured.put(
              "$" + capture.getKey(),
              JSON.readTree(answer.text()).findValue(capture.getValue()).asText());
        }
      }
    }
  }

  private String request(Example example) {
    String body = filled(example.body());
    StringBuilder request =
        new StringBuilder(example.method() + " " + example.path() + " HTTP/1.1\r\n")
            .append("Host: localhost\r\nConnection: close\r\n");
    if (!body.isEmpty()) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    example.headers().forEach((name, value) -> request.append(name + ": " + value).append("\r\n"));
    return request.append("\r\n").append(body).toString();
  }

  private String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> capture : captured.entrySet()) {
      filled = filled.replace(capture.getKey(), capture.getValue());
    }
    return filled;
  }
}
