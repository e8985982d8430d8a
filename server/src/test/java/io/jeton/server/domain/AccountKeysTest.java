package io.jeton.server.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AccountKeysTest {
  @Test
  void fold_makesCaseAndWidthTheSame() {
    for (String same : List.of("seven", "SEVEN", "Seven", "ＳＥＶＥＮ", "ｓeven")) {
      assertThat(AccountKeys.fold(same)).isEqualTo("seven");
    }
    assertThat(AccountKeys.fold("é")).isEqualTo(AccountKeys.fold("E\u0301"));
    assertThat(AccountKeys.fold("ﾃｽﾄ")).isEqualTo("テスト");
  }

  @Test
  void fold_makesLettersOfOneCapitalTheSame() {
    assertThat(AccountKeys.fold("ΟΔΟΣ")).isEqualTo("οδοσ");
    assertThat(AccountKeys.fold("οδοσ")).isEqualTo("οδοσ");
    assertThat(AccountKeys.fold("οδος")).isEqualTo("οδοσ");
    assertThat(AccountKeys.fold("Σ")).isEqualTo(AccountKeys.fold("ς"));
  }

  @Test
  void fold_ofAKeyIsTheKey_andOfACapitalThatOfItsSmallLetter() {
    for (int each = 0; each <= Character.MAX_CODE_POINT; each++) {
      if (each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE) {
        continue;
      }
      for (String text :
          List.of(
              Character.toString(each),
              Character.toString(each) + "\u0301\u0345",
              "a" + Character.toString(each) + "\u0307")) {
        String key = AccountKeys.fold(text);
        assertThat(AccountKeys.fold(key)).isEqualTo(key);
      }
    }
  }

  @Test
  void fold_keepsWhatDiffersOtherwise() {
    assertThat(AccountKeys.fold(" seven ")).isEqualTo(" seven ");
    assertThat(AccountKeys.fold("se\tven")).isEqualTo("se\tven");
    assertThat(AccountKeys.fold("é")).isNotEqualTo("e");
    assertThat(AccountKeys.fold("用户")).isEqualTo("用户");
  }

  @Test
  void fold_isTheSame_whateverTheMachinesLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(AccountKeys.fold("TITLE")).isEqualTo("title");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void isFoldable_whileTheKeyFitsItsColumn() {
    assertThat(AccountKeys.isFoldable("😀".repeat(255))).isTrue();
    // One character that becomes eighteen.
    assertThat(AccountKeys.isFoldable("ﷺ".repeat(30))).isTrue();
    assertThat(AccountKeys.isFoldable("ﷺ".repeat(31))).isFalse();
  }
}
