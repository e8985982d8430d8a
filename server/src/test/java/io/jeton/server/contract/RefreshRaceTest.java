package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.VerifyTokenRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * 64 clients refresh one token at once, round after round, each round with what the one before
 * made: there is one chain, whatever the timing, and nothing but 200 and 401 is ever answered.
 */
@Isolated("a contract has a second for each of its answers")
class RefreshRaceTest {
  private static final int CLIENTS = 64;
  private static final int ROUNDS = Integer.getInteger("jeton.test.refresh-rounds", 100);
  private static final int LOGOUT_ROUNDS = 20;
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir static Path directory;
  private static ContractNode node;
  private static String eight;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws Exception {
    node =
        ContractNode.start(
            directory,
            """
            contracts:
              - {contract: chatot, realm: default, prefixes: [""]}
              - {contract: thinksns, realm: default, prefixes: [/api/v2, ""], requests-per-minute: 1000000}
            """,
            Map.of());
    node.account("Seven", "Seven's password");
    eight = node.account("Eight", "Eight's password");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void chatot_allGetTheSameAnswer_andTheReuseAfterGraceEndsTheFamily() throws Exception {
    String created = send("POST", "/token", "", "").body();
    String value = field(created, "value");
    String refresh = field(created, "refresh");
    String before = refresh;
    for (int round = 0; round < ROUNDS; round++) {
      List<HttpResponse<String>> answers = race("PUT", "/token", "Token " + refresh);

      assertThat(answers)
          .as("round %d", round)
          .extracting(HttpResponse::statusCode)
          .containsOnly(200);
      assertThat(answers.stream().map(HttpResponse::body).distinct())
          .as("round %d", round)
          .hasSize(1);
      assertThat(field(answers.get(0).body(), "value")).isEqualTo(value);
      before = refresh;
      refresh = field(answers.get(0).body(), "refresh");
      assertThat(refresh).isNotEqualTo(before);
    }
    assertThat(send("GET", "/token", "Token " + value, "").statusCode()).isEqualTo(200);
    assertThat(node.count("SELECT COUNT(*) FROM token WHERE issuer = 'chatot' AND live = 1"))
        .isEqualTo(2);
    assertThat(node.count("SELECT COUNT(*) FROM token WHERE issuer = 'chatot'"))
        .isEqualTo(ROUNDS + 2);

    node.clock().advance(Duration.ofSeconds(10));
    assertThat(send("PUT", "/token", "Token " + before, "").statusCode()).isEqualTo(401);
    assertThat(send("PUT", "/token", "Token " + refresh, "").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/token", "Token " + value, "").statusCode()).isEqualTo(401);
    assertThat(node.count("SELECT COUNT(*) FROM token WHERE issuer = 'chatot' AND live = 1"))
        .isZero();
  }

  @Test
  void thinksns_oneWins_theOthersGet401_andTheWinnerLives() throws Exception {
    String token =
        field(
            send("POST", "/api/v2/auth/login", "", "login=Seven&password=Seven%27s+password")
                .body(),
            "access_token");
    for (int round = 0; round < ROUNDS; round++) {
      List<HttpResponse<String>> answers = race("POST", "/api/v2/auth/refresh", "Bearer " + token);

      Map<Integer, Long> statuses =
          answers.stream()
              .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
      assertThat(statuses).as("round %d", round).isEqualTo(Map.of(200, 1L, 401, CLIENTS - 1L));
      String winner =
          answers.stream()
              .filter(answer -> answer.statusCode() == 200)
              .map(answer -> field(answer.body(), "access_token"))
              .findFirst()
              .orElseThrow();
      assertThat(isActive(winner)).as("the winner of round %d", round).isTrue();
      assertThat(isActive(token)).as("the token of round %d", round).isFalse();
      token = winner;
    }
    assertThat(
            node.tokens()
                .listTokens(ListTokensRequest.newBuilder().setSubject("1").build())
                .getTokensList())
        .hasSize(1);
  }

  @Test
  void thinksns_refreshAndLogoutAtOnce_oneWins_andALogoutEndsTheSession() throws Exception {
    for (int round = 0; round < LOGOUT_ROUNDS; round++) {
      String token =
          field(
              send("POST", "/api/v2/auth/login", "", "login=Eight&password=Eight%27s+password")
                  .body(),
              "access_token");
      List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String path = i % 2 == 0 ? "/api/v2/auth/refresh" : "/api/v2/auth/logout";
        calls.add(
            http.sendAsync(request("POST", path, "Bearer " + token, ""), BodyHandlers.ofString()));
      }
      List<HttpResponse<String>> won =
          calls.stream()
              .map(CompletableFuture::join)
              .filter(answer -> answer.statusCode() != 401)
              .toList();

      assertThat(won)
          .as("round %d", round)
          .extracting(HttpResponse::statusCode)
          .containsExactly(200);
      String winner = won.get(0).body();
      if (winner.contains("access_token")) {
        String next = field(winner, "access_token");
        assertThat(isActive(next)).as("the winner of round %d", round).isTrue();
        assertThat(send("POST", "/api/v2/auth/logout", "Bearer " + next, "").statusCode())
            .isEqualTo(200);
      }
      assertThat(
              node.tokens()
                  .listTokens(ListTokensRequest.newBuilder().setSubject(eight).build())
                  .getTokensList())
          .as("what is left of round %d", round)
          .isEmpty();
    }
  }

  private static boolean isActive(String token) throws Exception {
    return node.tokens()
        .verifyToken(VerifyTokenRequest.newBuilder().setToken(token).build())
        .getActive();
  }

  private List<HttpResponse<String>> race(String method, String path, String authorization) {
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      calls.add(http.sendAsync(request(method, path, authorization, ""), BodyHandlers.ofString()));
    }
    return calls.stream().map(CompletableFuture::join).toList();
  }

  private HttpResponse<String> send(String method, String path, String authorization, String form)
      throws Exception {
    return http.send(request(method, path, authorization, form), BodyHandlers.ofString());
  }

  private static HttpRequest request(
      String method, String path, String authorization, String form) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
    if (!form.isEmpty()) {
      request.header("content-type", FORM);
    }
    if (!authorization.isEmpty()) {
      request.header("authorization", authorization);
    }
    return request.build();
  }

  private static String field(String json, String name) {
    return Stream.of(Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json))
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in an answer"));
  }
}
