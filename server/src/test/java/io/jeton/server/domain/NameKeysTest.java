package io.jeton.server.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it changes the language of the JVM")
class NameKeysTest {
  @Test
  void fold_makesCaseAndWidthTheSame() {
    for (String same : List.of("seven", "SEVEN", "Seven", "ＳＥＶＥＮ", "ｓeven")) {
      assertThat(NameKeys.fold(same)).isEqualTo("seven");
    }
    assertThat(NameKeys.fold("é")).isEqualTo(NameKeys.fold("E\u0301"));
    assertThat(NameKeys.fold("ﾃｽﾄ")).isEqualTo("テスト");
  }

  @Test
  void fold_makesLettersOfOneCapitalTheSame() {
    assertThat(NameKeys.fold("ΟΔΟΣ")).isEqualTo("οδοσ");
    assertThat(NameKeys.fold("οδοσ")).isEqualTo("οδοσ");
    assertThat(NameKeys.fold("οδος")).isEqualTo("οδοσ");
    assertThat(NameKeys.fold("Σ")).isEqualTo(NameKeys.fold("ς"));
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
        String key = NameKeys.fold(text);
        assertThat(NameKeys.fold(key)).isEqualTo(key);
      }
    }
  }

  @Test
  void fold_keepsWhatDiffersOtherwise() {
    assertThat(NameKeys.fold(" seven ")).isEqualTo(" seven ");
    assertThat(NameKeys.fold("se\tven")).isEqualTo("se\tven");
    assertThat(NameKeys.fold("é")).isNotEqualTo("e");
    assertThat(NameKeys.fold("用户")).isEqualTo("用户");
  }

  @Test
  void fold_isTheSame_whateverTheMachinesLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(NameKeys.fold("TITLE")).isEqualTo("title");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void isFoldable_whileTheKeyFitsItsColumn() {
    assertThat(NameKeys.isFoldable("😀".repeat(255))).isTrue();
    // One character that becomes eighteen.
    assertThat(NameKeys.isFoldable("ﷺ".repeat(30))).isTrue();
    assertThat(NameKeys.isFoldable("ﷺ".repeat(31))).isFalse();
  }
}
