package io.jeton.bridge.contract.lanying;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.bridge.example.Example;
import io.jeton.bridge.testing.FakeWorld;
import io.jeton.bridge.testing.Given;
import io.jeton.bridge.testing.Recordings;
import io.jeton.bridge.testing.Wire;
import io.jeton.bridge.testing.World;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LanyingCasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> case_isAnsweredAsRecorded() throws IOException {
    return Recordings.tests("lanying", FakeWorld::start);
  }

  @Test
  void everyRule_hasACase() throws IOException {
    Recordings.requireEveryRuleShown("lanying");
  }

  @Test
  void everyExample_isAnsweredAsItsTitleSays() throws IOException {
    Given demo = Recordings.all("lanying").get("success").given();
    Map<String, String> captured = new HashMap<>();
    try (World world = FakeWorld.start(demo)) {
      for (Example example : Example.of("lanying")) {
        Wire.Answer answer = Wire.send(world.port(), request(example, captured));
        assertThat(answer.status()).as(example.title()).isEqualTo(example.status());
        JsonNode body = JSON.readTree(answer.text());
        assertThat(body.get("code").asInt())
            .as("%s: %s", example.title(), answer.text())
            .isEqualTo(example.title().contains("wrong") ? 10010 : 200);
        example
            .capture()
            .forEach((name, field) -> captured.put("$" + name, body.at("/data/" + field).asText()));
      }
    }
    assertThat(captured).containsOnlyKeys("$TOKEN");
  }

  @Test
  void examples_areEveryDocumentedCall() {
    assertThat(Example.of("lanying").stream().map(Example::path).distinct())
        .containsExactly("/token/id", "/token/login", "/token/user");
  }

  private static String request(Example example, Map<String, String> captured) {
    StringBuilder request = new StringBuilder();
    request.append(example.method()).append(' ').append(example.path());
    request.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    example
        .headers()
        .forEach(
            (name, value) ->
                request
                    .append(name)
                    .append(": ")
                    .append(captured.getOrDefault(value, value))
                    .append("\r\n"));
    return request + "Content-Length: " + example.body().length() + "\r\n\r\n" + example.body();
  }
}
