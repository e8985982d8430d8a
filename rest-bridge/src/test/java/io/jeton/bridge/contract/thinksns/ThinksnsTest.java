package io.jeton.bridge.contract.thinksns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import io.jeton.bridge.Client;
import io.jeton.bridge.Contract;
import io.jeton.bridge.Contract.Problem;
import io.jeton.bridge.CoreException;
import io.jeton.bridge.Inquiry;
import io.jeton.bridge.Instances;
import io.jeton.bridge.testing.FakeCore;
import io.jeton.bridge.testing.SettableClock;
import io.jeton.v1.Account;
import io.jeton.v1.ErrorReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThinksnsTest {
  private static final String LOGIN = "{\"login\":\"Seven\",\"password\":\"p\"}";
  private static final int PARALLEL = 64;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00.75Z"));
  private final FakeCore core = new FakeCore(clock);
  private final Contract contract = thinksns(1_000_000);

  @BeforeEach
  void setUp() {
    core.putAccount(
        Account.newBuilder().setId("1").setRealm("default").setName("Seven").build(), "p");
  }

  @Test
  void claim_isDocumented_forItsPaths_underAnyPrefix() {
    for (String prefix : List.of("", "/api/v2")) {
      for (String path :
          List.of(
              "/auth/login",
              "/auth/logout",
              "/auth/refresh",
              "/auth/refresh/",
              "/auth/%6Cogin",
              "/tokens",
              "/tokens/",
              "/tokens/abc")) {
        assertThat(contract.claim(prefix, path)).as(path).isEqualTo(Contract.DOCUMENTED);
      }
    }
  }

  @Test
  void claim_isOnItsAreas_withoutAPrefix_andOnEverything_belowOne() {
    assertThat(contract.claim("", "/auth/other")).isEqualTo("/auth/".length());
    assertThat(contract.claim("", "/tokens/a/b")).isEqualTo("/tokens/".length());
    assertThat(contract.claim("", "/token")).isEqualTo(Contract.NONE);
    assertThat(contract.claim("", "/")).isEqualTo(Contract.NONE);
    assertThat(contract.claim("", "/auth")).isEqualTo(Contract.NONE);
    assertThat(contract.claim("/api/v2", "/users")).isEqualTo("/api/v2".length());
    assertThat(contract.claim("/api/v2", "/auth/x")).isEqualTo("/api/v2/auth/".length());
  }

  @Test
  void refresh_letsExactlyOneOfManyParallelCallsWin_andItsTokenLives() throws Exception {
    String token = json(post("/auth/login", LOGIN)).get("access_token").asText();
    List<CompletableFuture<AggregatedHttpResponse>> answers =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> bearer("/auth/refresh", token)))
            .limit(PARALLEL)
            .toList();
    List<AggregatedHttpResponse> all = answers.stream().map(CompletableFuture::join).toList();
    List<AggregatedHttpResponse> won =
        all.stream().filter(answer -> answer.status().equals(HttpStatus.OK)).toList();
    assertThat(won).hasSize(1);
    assertThat(all)
        .filteredOn(answer -> answer.status().equals(HttpStatus.UNAUTHORIZED))
        .hasSize(PARALLEL - 1);
    String next = json(won.get(0)).get("access_token").asText();
    assertThat(bearer("/auth/refresh", token).status()).isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(bearer("/auth/logout", next).status()).isEqualTo(HttpStatus.OK);
  }

  @Test
  void refreshAndLogout_atOnce_letOneOfAllWin() throws Exception {
    String token = json(post("/auth/login", LOGIN)).get("access_token").asText();
    List<CompletableFuture<AggregatedHttpResponse>> answers =
        Stream.iterate(0, n -> n + 1)
            .limit(PARALLEL)
            .map(n -> n % 2 == 0 ? "/auth/refresh" : "/auth/logout")
            .map(path -> CompletableFuture.supplyAsync(() -> bearer(path, token)))
            .toList();
    assertThat(answers.stream().map(CompletableFuture::join))
        .extracting(answer -> answer.status().code())
        .filteredOn(status -> status != 401)
        .containsExactly(200);
  }

  @Test
  void login_makesADifferentTokenEachTime_alsoWithinASecond() throws Exception {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < PARALLEL; i++) {
      tokens.add(json(post("/auth/login", LOGIN)).get("access_token").asText());
    }
    assertThat(tokens).hasSize(PARALLEL);
  }

  @ParameterizedTest
  @EnumSource(value = ErrorReason.class, names = "UNRECOGNIZED", mode = EnumSource.Mode.EXCLUDE)
  void answer_isTheContractsOwn_whateverTheCoreRefuses(ErrorReason reason) throws Exception {
    core.breakDown(reason);
    AggregatedHttpResponse answer = post("/auth/login", LOGIN);
    HttpStatus expected =
        switch (Failures.meaning(reason)) {
          case REFUSED -> HttpStatus.UNPROCESSABLE_ENTITY;
          case THROTTLED -> HttpStatus.TOO_MANY_REQUESTS;
          case OUTAGE, DEFECT -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    assertThat(answer.status()).isEqualTo(expected);
    assertThat(json(answer).get("message").asText()).isNotEmpty();
    assertThat(answer.headers().contains("x-ratelimit-remaining")).isTrue();
    assertThat(answer.headers().get("content-type")).isEqualTo("application/json");
  }

  @Test
  void answer_saysRetryAfterOneSecondAtLeast_whenTheCoreNamesNoTime() {
    core.breakDown(new CoreException(ErrorReason.ERROR_REASON_LOGINS_THROTTLED).reason());
    AggregatedHttpResponse answer = post("/auth/login", LOGIN);
    assertThat(answer.headers().getInt("retry-after")).isEqualTo(1);
    assertThat(answer.headers().getLong("x-ratelimit-reset")).isEqualTo(1_767_225_601L);
  }

  @ParameterizedTest
  @EnumSource(Problem.class)
  void refuse_isTheContractsOwn_whateverTheProblem(Problem problem) throws Exception {
    Inquiry inquiry = inquiry("/auth/login", LOGIN, "");
    AggregatedHttpResponse answer = contract.refuse(inquiry, problem);
    int status =
        switch (problem) {
          case TOO_LARGE -> 413;
          case UNREADABLE -> 400;
          case STRANGE_METHOD -> 405;
          case OUTAGE -> 503;
        };
    assertThat(answer.status().code()).isEqualTo(status);
    assertThat(json(answer).has("message")).isTrue();
    assertThat(answer.headers().get("access-control-allow-origin")).isEqualTo("*");
    assertThat(answer.headers().contains("x-ratelimit-limit")).isTrue();
  }

  @Test
  void refuse_isNotFound_forAStrangeMethodOnAnUnknownPath() {
    Inquiry inquiry = inquiry("/auth/other", "", "");
    assertThat(contract.refuse(inquiry, Problem.STRANGE_METHOD).status())
        .isEqualTo(HttpStatus.NOT_FOUND);
  }

  @Test
  void refuse_counts_andIsLimited_butForAnOutage() {
    Contract limited = thinksns(3);
    Inquiry inquiry = inquiry("/auth/login", "", "");
    for (Problem problem : List.of(Problem.TOO_LARGE, Problem.UNREADABLE, Problem.STRANGE_METHOD)) {
      assertThat(limited.refuse(inquiry, problem).status())
          .isNotEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    }
    AggregatedHttpResponse outage = limited.refuse(inquiry, Problem.OUTAGE);
    assertThat(outage.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(outage.headers().getInt("x-ratelimit-remaining")).isZero();
    assertThat(limited.refuse(inquiry, Problem.TOO_LARGE).status())
        .isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
  }

  @Test
  void tooMany_saysAMinuteAtMost() {
    Contract limited = thinksns(1);
    limited.answer(inquiry("/auth/login", LOGIN, "")).join();
    AggregatedHttpResponse refused = limited.answer(inquiry("/auth/login", LOGIN, "")).join();
    assertThat(refused.headers().getInt("retry-after")).isEqualTo(60);
  }

  @Test
  void throttledLogin_saysHowManyRequestsAreLeft() {
    core.breakDown(ErrorReason.ERROR_REASON_LOGINS_THROTTLED);
    AggregatedHttpResponse answer = post("/auth/login", LOGIN);
    assertThat(answer.headers().getInt("x-ratelimit-remaining")).isEqualTo(999_999);
  }

  @Test
  void longFieldsAndNumbers_areRead() {
    String login = "{\"" + "n".repeat(60_000) + "\":1," + LOGIN.substring(1);
    assertThat(post("/auth/login", login).status()).isEqualTo(HttpStatus.OK);
    login =
        "{\"n\":" + "1".repeat(50_000) + ",\"m\":0." + "1".repeat(2_000) + "," + LOGIN.substring(1);
    assertThat(post("/auth/login", login).status()).isEqualTo(HttpStatus.OK);
  }

  @Test
  void logout_takesAnyWord_thatOverridesTheMethod() throws Exception {
    String token = json(post("/auth/login", LOGIN)).get("access_token").asText();
    RequestHeaders headers =
        RequestHeaders.builder(HttpMethod.POST, "/auth/logout")
            .set("authorization", "Bearer " + token)
            .set("x-http-method-override", "Foo")
            .build();
    Inquiry bare = inquiry("/auth/logout", "", "");
    assertThat(
            contract
                .answer(
                    new Inquiry(
                        headers, "", bare.path(), "", bare.body(), bare.baseUrl(), bare.client()))
                .join()
                .status())
        .isEqualTo(HttpStatus.OK);
  }

  private Contract thinksns(int perMinute) {
    return Instances.of(
            List.of(Map.of("contract", "thinksns", "requests-per-minute", perMinute)),
            reference -> reference)
        .mount(core, clock)
        .get(0)
        .contract();
  }

  private AggregatedHttpResponse post(String path, String body) {
    return contract.answer(inquiry(path, body, "")).join();
  }

  private AggregatedHttpResponse bearer(String path, String token) {
    return contract.answer(inquiry(path, "", "Bearer " + token)).join();
  }

  private static Inquiry inquiry(String path, String body, String authorization) {
    RequestHeadersBuilder headers =
        RequestHeaders.builder(HttpMethod.POST, path).set("content-type", "application/json");
    if (!authorization.isEmpty()) {
      headers.set("authorization", authorization);
    }
    return new Inquiry(
        headers.build(),
        "",
        path,
        "",
        body.getBytes(StandardCharsets.UTF_8),
        "http://plus.io",
        new Client("192.0.2.1", "test"));
  }

  private static JsonNode json(AggregatedHttpResponse answer) throws Exception {
    return Json.STRICT.readTree(answer.contentUtf8());
  }
}
