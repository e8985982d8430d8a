package io.jeton.bridge.contract.lanying;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.jeton.bridge.Client;
import io.jeton.bridge.Contract;
import io.jeton.bridge.Inquiry;
import io.jeton.bridge.Instances;
import io.jeton.bridge.testing.FakeCore;
import io.jeton.bridge.testing.FakeWorld;
import io.jeton.bridge.testing.Recordings;
import io.jeton.bridge.testing.SettableClock;
import io.jeton.v1.Account;
import io.jeton.v1.Application;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanyingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Client CLIENT = new Client("192.0.2.7", "test");
  private static final String USER = "6597157180416";
  private static final String APP = "welovemaxim";
  private static final String LOGIN = "{\"name\":\"maxim\",\"password\":\"sesame 1\"}";
  private static final String LOGIN_OF_DEVICE =
      "{\"name\":\"maxim\",\"password\":\"sesame 1\",\"device_guid\":\"d1\"}";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeCore core = new FakeCore(clock);
  private final Contract lanying =
      Instances.of(List.of(Map.of("contract", "lanying")), reference -> reference)
          .mount(core, clock)
          .get(0)
          .contract();

  @BeforeEach
  void anApplicationAndAUser() {
    for (String app : List.of(APP, "other")) {
      core.putApplication(
          Application.newBuilder().setRealm("default").setAppId(app).build(),
          "file-key",
          "push secret of " + app);
    }
    core.putAccount(
        Account.newBuilder().setRealm("default").setId(USER).setName("maxim").build(), "sesame 1");
  }

  @Test
  void token_isOfTheInstance_theApplicationAndTheAccount() throws IOException {
    Token token = verify(logIn(APP, LOGIN).at("/data/token").asText());

    assertThat(token.getKind()).isEqualTo("access");
    assertThat(token.getIssuer()).isEqualTo("lanying");
    assertThat(token.getAppId()).isEqualTo(APP);
    assertThat(token.getAccountId()).isEqualTo(USER);
    assertThat(token.getScopesList()).isEmpty();
  }

  @Test
  void storeToken_mayReadFiles_andNothingElse() throws IOException {
    JsonNode data = logIn(APP, LOGIN).get("data");
    Token store = verify(data.get("store_token").asText());

    assertThat(store.getKind()).isEqualTo("file");
    assertThat(store.getScopesList()).containsExactly("file:read");
    assertThat(store.getSubject()).isEqualTo(USER);
    assertThat(store.getExpireTime()).isEqualTo(verify(data.get("token").asText()).getExpireTime());
  }

  @Test
  void pushToken_differsPerApplication() throws IOException {
    String one = logIn(APP, LOGIN_OF_DEVICE).at("/data/push_token").asText();

    assertThat(logIn(APP, LOGIN_OF_DEVICE).at("/data/push_token").asText()).isEqualTo(one);
    assertThat(logIn("other", LOGIN_OF_DEVICE).at("/data/push_token").asText()).isNotEqualTo(one);
  }

  @Test
  void loginsOfOneSecond_areDifferentTokens_andBounded() throws IOException {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 64; i++) {
      JsonNode data = logIn(APP, LOGIN).get("data");
      tokens.add(data.get("token").asText());
      assertThat(data.get("expire").asLong()).isEqualTo((1_769_817_600L + i) * 1000);
    }
    assertThat(tokens).hasSize(64);

    assertThat(logIn(APP, LOGIN).get("message").asText()).isEqualTo("too many requests");

    clock.advance(Duration.ofSeconds(1));
    assertThat(logIn(APP, LOGIN).get("code").asInt()).isEqualTo(200);
  }

  @Test
  void headersWithUnderscores_arriveByHttp2Too() throws IOException {
    try (FakeWorld world = FakeWorld.start(Recordings.all("lanying").get("success").given())) {
      for (String protocol : List.of("h1c", "h2c")) {
        AggregatedHttpResponse answer =
            WebClient.of(protocol + "://127.0.0.1:" + world.port())
                .execute(headers(APP), LOGIN)
                .aggregate()
                .join();
        assertThat(JSON.readTree(answer.contentUtf8()).get("code").asInt())
            .as(protocol)
            .isEqualTo(200);
      }
    }
  }

  private JsonNode logIn(String app, String body) throws IOException {
    Inquiry inquiry =
        new Inquiry(
            headers(app),
            "",
            "/token/user",
            "",
            body.getBytes(StandardCharsets.UTF_8),
            "http://x",
            CLIENT);
    return JSON.readTree(lanying.answer(inquiry).join().contentUtf8());
  }

  private static RequestHeaders headers(String app) {
    return RequestHeaders.builder(HttpMethod.POST, "/token/user").add("app_id", app).build();
  }

  private Token verify(String secret) {
    VerifyTokenResponse verdict =
        core.verifyToken(
                VerifyTokenRequest.newBuilder().setToken(secret).setAppId(APP).build(), CLIENT)
            .join();
    assertThat(verdict.getActive()).isTrue();
    return verdict.getToken();
  }
}
