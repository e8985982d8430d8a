package io.jeton.bridge.contract.chatot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.bridge.testing.FakeWorld;
import io.jeton.bridge.testing.Given;
import io.jeton.bridge.testing.Recordings;
import io.jeton.bridge.testing.Wire;
import io.jeton.bridge.testing.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ChatotCasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> case_isAnsweredAsRecorded() throws IOException {
    return Recordings.tests("chatot", FakeWorld::start);
  }

  @Test
  void everyRule_hasACase() throws IOException {
    Recordings.requireEveryRuleShown("chatot");
  }

  @Test
  void everyExample_isAnsweredAsItSays_onTheDemosData() throws IOException {
    Given demo = Recordings.all("chatot").get("demo").given();
    try (World world = FakeWorld.start(demo);
        var lines = ChatotCasesTest.class.getResourceAsStream("/contracts/chatot/examples.jsonl")) {
      String text = new String(lines.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        JsonNode example = JSON.readTree(line);
        assertThat(Wire.send(world.port(), request(example)).status())
            .as(example.get("title").asText())
            .isEqualTo(example.get("status").asInt());
      }
    }
  }

  private static String request(JsonNode example) {
    StringBuilder request = new StringBuilder();
    request.append(example.get("method").asText()).append(' ').append(example.get("path").asText());
    request.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    example
        .get("headers")
        .properties()
        .forEach(
            header ->
                request
                    .append(header.getKey())
                    .append(": ")
                    .append(header.getValue().asText())
                    .append("\r\n"));
    String body = example.path("body").asText();
    return request + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }
}
