package io.jeton.bridge.contract.liveget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.bridge.example.Example;
import io.jeton.bridge.testing.FakeWorld;
import io.jeton.bridge.testing.Recordings;
import io.jeton.bridge.testing.Wire;
import io.jeton.bridge.testing.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documented calls as the document writes them, in bare UTF-8, one after another. */
class LivegetExamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyExample_isAnsweredAsItSays_onTheDemosData() throws Exception {
    List<String> types = new ArrayList<>();
    try (World world = FakeWorld.start(Recordings.all("liveget").get("demo").given())) {
      for (Example example : Example.of("liveget")) {
        types.add(type(example, world));
      }
    }
    assertThat(types)
        .containsExactly(
            "error_parameter_invalid",
            "token_info",
            "token_existed",
            "token_verified",
            "token_machine_error",
            "token_info",
            "token_verified",
            "token_info",
            "token_info",
            "token_info",
            "token_delete",
            "token_delete",
            "token_not_found",
            "error_password_invalid",
            "");
  }

  @Test
  void examples_areEveryCall() {
    assertThat(Example.of("liveget").stream().map(each -> each.path().replaceFirst("\\?.*", "")))
        .contains(
            "/token/create",
            "/token/delete",
            "/token/verify",
            "/token/info",
            "/token/setMachine",
            "/token/renew",
            "/token/random");
  }

  private static String type(Example example, World world) throws IOException {
    String request =
        example.method()
            + " "
            + example.path()
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    Wire.Answer answer = Wire.send(world.port(), request.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(example.title()).isEqualTo(example.status());
    return answer.text().startsWith("{") ? JSON.readTree(answer.text()).get("type").asText() : "";
  }
}
