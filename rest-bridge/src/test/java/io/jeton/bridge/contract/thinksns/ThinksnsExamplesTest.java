package io.jeton.bridge.contract.thinksns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.bridge.testing.FakeWorld;
import io.jeton.bridge.testing.Given;
import io.jeton.bridge.testing.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ThinksnsExamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "/contracts/thinksns/examples.jsonl";

  private final Map<String, String> captured = new HashMap<>();

  @Test
  void examples_getTheDocumentedStatus_inTheirOrder() throws Exception {
    try (FakeWorld world = FakeWorld.start(given())) {
      for (JsonNode example : examples()) {
        Wire.Answer answer = Wire.send(world.port(), request(example));
        assertThat(answer.status()).as("%s: %s", example, answer.text()).isEqualTo(status(example));
        for (var capture : example.path("capture").properties()) {
          String value = JSON.readTree(answer.text()).get(capture.getValue().asText()).asText();
          captured.put("$" + capture.getKey(), value);
        }
      }
    }
  }

  @Test
  void examples_areEveryDocumentedCall() throws IOException {
    assertThat(examples().stream().map(ThinksnsExamplesTest::call).distinct())
        .containsExactlyInAnyOrder(
            "POST /api/v2/auth/login",
            "POST /api/v2/auth/logout",
            "PUT /api/v2/auth/logout",
            "PATCH /api/v2/auth/logout",
            "GET /api/v2/auth/logout",
            "POST /api/v2/auth/refresh",
            "PUT /api/v2/auth/refresh",
            "PATCH /api/v2/auth/refresh",
            "GET /api/v2/auth/refresh",
            "POST /api/v2/tokens",
            "PATCH /api/v2/tokens/$TOKEN");
  }

  private static List<JsonNode> examples() throws IOException {
    try (var in = Objects.requireNonNull(ThinksnsExamplesTest.class.getResourceAsStream(FILE))) {
      return JSON.readerFor(JsonNode.class).<JsonNode>readValues(in).readAll();
    }
  }

  private static Given given() throws IOException {
    return JSON.readValue(
        """
        {"contracts": [{"contract": "thinksns"}],
         "accounts": [{"id": "1", "name": "Seven", "email": "shiweidu@outlook.com",
                       "phone": "18781993582", "password": "sesame 1"}]}
        """,
        Given.class);
  }

  private String request(JsonNode example) {
    String body = example.path("body").asText("");
    StringBuilder request =
        new StringBuilder(example.get("method").asText() + " " + filled(example, "path"))
            .append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ")
            .append(body.getBytes(StandardCharsets.UTF_8).length)
            .append("\r\n");
    for (var header : example.get("headers").properties()) {
      request
          .append(header.getKey())
          .append(": ")
          .append(filled(header.getValue().asText()))
          .append("\r\n");
    }
    return request.append("\r\n").append(body).toString();
  }

  private String filled(JsonNode example, String field) {
    return filled(example.get(field).asText());
  }

  private String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> capture : captured.entrySet()) {
      filled = filled.replace(capture.getKey(), capture.getValue());
    }
    return filled;
  }

  private static int status(JsonNode example) {
    return example.get("status").asInt();
  }

  private static String call(JsonNode example) {
    return example.get("method").asText() + " " + example.get("path").asText();
  }
}
