package io.jeton.bridge.contract.lanying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachedTest {
  @Test
  void token_isSentOnce_andIsNotTooLong() {
    assertThat(Attached.of(headers("access-token", "t")).token()).contains("t");
    assertThat(Attached.of(headers("access-token", "")).token()).isEmpty();
    assertThat(Attached.of(headers("access-token", "t", "u")).token()).isEmpty();
    assertThat(Attached.of(headers("access-token", "t".repeat(4096))).token()).isPresent();
    assertThat(Attached.of(headers("access-token", "t".repeat(4097))).token()).isEmpty();
    assertThat(Attached.of(headers("access-token", "é".repeat(2049))).token()).isEmpty();
    assertThat(Attached.of(headers("token", "t")).token()).isEmpty();
  }

  @Test
  void application_isSentOnce() {
    assertThat(Attached.application(headers("app_id", "a"))).isEqualTo("a");
    assertRefused(() -> Attached.application(headers("app_id")), "app_id");
    assertRefused(() -> Attached.application(headers("app_id", "")), "app_id");
    assertRefused(() -> Attached.application(headers("app_id", "a", "a")), "app_id");
  }

  @Test
  void actsAs_isWhatAHeaderSays_thatIsNotEmpty() {
    assertThat(Attached.of(headers("user_id", "1")).actsAs()).isTrue();
    assertThat(Attached.of(headers("group_id", "x")).actsAs()).isTrue();
    assertThat(Attached.of(headers("user_id", "")).actsAs()).isFalse();
    assertThat(Attached.of(headers("user-id", "1")).actsAs()).isFalse();
  }

  @Test
  void ids_areDecimal() {
    assertThat(Attached.of(headers("user_id", "9007199254740991")).user())
        .contains("9007199254740991");
    assertThat(Attached.of(headers("user_id", "0007")).user()).contains("7");
    assertThat(Attached.of(headers("group_id", "7")).group()).contains("7");
    assertThat(Attached.of(headers("group_id", "7")).user()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "000", "-1", "+1", "1.0", "x", "1 2", "٣", "99999999999999999"})
  void whatIsNoId_isRefused_withTheHeadersName(String value) {
    assertRefused(() -> Attached.of(headers("user_id", value)).user(), "user_id");
    assertRefused(() -> Attached.of(headers("group_id", value)).group(), "group_id");
  }

  @Test
  void twoIds_areRefused() {
    assertRefused(() -> Attached.of(headers("user_id", "1", "1")).user(), "user_id");
    Attached both = new Attached(java.util.Optional.empty(), List.of("1"), List.of("2"));
    assertRefused(both::group, "group_id");
  }

  @Test
  void secrets_areNotShown() {
    assertThat(Attached.of(headers("access-token", "sesame"))).asString().doesNotContain("sesame");
  }

  private static RequestHeaders headers(String name, String... values) {
    return RequestHeaders.builder(HttpMethod.POST, "/token/id").add(name, List.of(values)).build();
  }

  private static void assertRefused(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure()).isEqualTo(Failure.invalid(field)));
  }
}
