package io.jeton.bridge.contract.chatot;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.v1.Token;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final String ALLOWED = "access-control-allow-headers";

  @Test
  void preflight_repeatsEveryRequestedHeader() {
    assertThat(Answers.preflight(List.of("a,\tb  ,c", "d")).headers().get(ALLOWED))
        .isEqualTo("a,\tb  ,c,d");
    String many = "x-header-name,".repeat(200) + "y";
    assertThat(Answers.preflight(List.of(many)).headers().get(ALLOWED)).isEqualTo(many);
    assertThat(Answers.preflight(List.of("a b")).headers().contains(ALLOWED)).isFalse();
    assertThat(Answers.preflight(List.of()).headers().contains(ALLOWED)).isFalse();
  }

  @Test
  void tooManyRequests_saysWhenToComeBack_inWholeSeconds() {
    assertThat(retryAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(retryAfter(Duration.ofMillis(1_001))).isEqualTo(2);
    assertThat(retryAfter(Duration.ofSeconds(60))).isEqualTo(60);
    assertThat(
            Answers.failure(Failure.UNAUTHORIZED, Duration.ZERO).headers().contains("retry-after"))
        .isFalse();
  }

  @Test
  void texts_areUnescaped_outsideOfTheBasicPlaneToo() {
    assertThat(Answers.shown(Token.newBuilder().addScopes("读😀").build()).contentUtf8())
        .endsWith("\"scope\":[\"读😀\"]}");
  }

  private static int retryAfter(Duration duration) {
    return Answers.failure(Failure.TOO_MANY_REQUESTS, duration).headers().getInt("retry-after");
  }
}
