package io.jeton.server.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScopesTest {
  @Test
  void of_keepsEachWordOnce_inAscendingOrder() {
    Scopes scopes = Scopes.of(List.of("write", "read", "Read", "read"));

    assertThat(scopes.words()).containsExactly("Read", "read", "write");
    assertThat(scopes.text()).isEqualTo("Read read write");
    assertThat(scopes).hasToString("Read read write");
  }

  @Test
  void parse_readsWhatTextGave() {
    for (List<String> words :
        List.of(List.<String>of(), List.of("a"), List.of("b", "a"), List.of("a:b", "!", "~"))) {
      Scopes scopes = Scopes.of(words);
      assertThat(Scopes.parse(scopes.text())).isEqualTo(scopes).hasSameHashCodeAs(scopes);
    }
  }

  @Test
  void none_isTheEmptySet() {
    assertThat(Scopes.of(List.of())).isSameAs(Scopes.NONE);
    assertThat(Scopes.parse("")).isSameAs(Scopes.NONE);
    assertThat(Scopes.NONE.words()).isEmpty();
    assertThat(Scopes.NONE.text()).isEmpty();
    assertThat(Scopes.NONE).isNotEqualTo(Scopes.of(List.of("a")));
  }

  @Test
  void containsAll_wantsEveryWord_exactly() {
    Scopes scopes = Scopes.of(List.of("read", "write"));

    assertThat(scopes.containsAll(List.of())).isTrue();
    assertThat(scopes.containsAll(List.of("read"))).isTrue();
    assertThat(scopes.containsAll(List.of("write", "read", "write"))).isTrue();
    assertThat(scopes.containsAll(List.of("Read"))).isFalse();
    assertThat(scopes.containsAll(List.of("rea"))).isFalse();
    assertThat(scopes.containsAll(List.of("read write"))).isFalse();
    assertThat(scopes.containsAll(List.of("read", "delete"))).isFalse();
    assertThat(scopes.containsAll(List.of(""))).isFalse();
    assertThat(Scopes.NONE.containsAll(List.of())).isTrue();
    assertThat(Scopes.NONE.containsAll(List.of("read"))).isFalse();
  }

  @Test
  void equality_isThatOfSets() {
    assertThat(Scopes.of(List.of("a", "b"))).isEqualTo(Scopes.of(List.of("b", "a")));
    assertThat(Scopes.of(List.of("a"))).isNotEqualTo(Scopes.of(List.of("a", "b")));
  }

  @Test
  void weight_growsWithTheWords() {
    assertThat(Scopes.of(List.of("a", "b")).weight())
        .isGreaterThan(Scopes.of(List.of("a")).weight());
  }
}
