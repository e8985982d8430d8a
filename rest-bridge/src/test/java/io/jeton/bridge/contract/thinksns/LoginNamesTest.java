package io.jeton.bridge.contract.thinksns;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.v1.AccountRef.ByCase;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "shiweidu@outlook.com",
        "A.b+c@x-y.example",
        "a@b.c",
        "o'neil@sub.domain.example",
        "18781993582@163.com"
      })
  void refer_takesEmailSyntaxForEmail(String login) {
    assertThat(LoginNames.refer(login).getByCase()).isEqualTo(ByCase.EMAIL);
    assertThat(LoginNames.refer(login).getEmail()).isEqualTo(login);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18781993582",
        "8618781993582",
        "08618781993582",
        "+86-18781993582",
        "+086-13000000000",
        "86-19999999999"
      })
  void refer_takesChinesePhoneForPhone_asTyped(String login) {
    assertThat(LoginNames.refer(login).getByCase()).isEqualTo(ByCase.PHONE);
    assertThat(LoginNames.refer(login).getPhone()).isEqualTo(login);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Seven", "_7", "七", "a1", "名123", "\ud83d\ude00x", "n13800138000"})
  void refer_takesWhatBeginsLikeAWordForName(String login) {
    assertThat(LoginNames.refer(login).getByCase()).isEqualTo(ByCase.NAME);
    assertThat(LoginNames.refer(login).getName()).isEqualTo(login);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "12800138000",
        "1878199358",
        "187819935820",
        "+1 8781993582",
        "7up",
        "a b",
        "a-b",
        "a.b",
        "@",
        "a@b",
        "a@b.1",
        "a@-b.c",
        "a..b@c.de",
        ".a@c.de",
        "a@b@c.de",
        "１３８００１３８０００x y"
      })
  void refer_takesEverythingElseForId(String login) {
    assertThat(LoginNames.refer(login).getByCase()).isEqualTo(ByCase.ID);
    assertThat(LoginNames.refer(login).getId()).isEqualTo(login);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "x", "七", "\ud83d\ude00", "a@"})
  void refer_asksForAnIdThatNobodyHas_whenTheLoginIsTooLong(String unit) {
    String id = LoginNames.refer(unit.repeat(2000)).getId();
    assertThat(id.length()).isBetween(17, 255);
    assertThat(id.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.", "a@a", "a@a-"})
  void refer_isQuick_whateverIsSent(String unit) {
    // A pattern that backtracks would not end.
    assertThat(LoginNames.refer(unit.repeat(30_000)).getByCase()).isEqualTo(ByCase.ID);
  }
}
