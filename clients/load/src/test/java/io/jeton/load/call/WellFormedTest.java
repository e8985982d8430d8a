package io.jeton.load.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WellFormedTest {
  @Test
  void next_isAnotherEachTime_andLooksLikeAToken() {
    WellFormed made = new WellFormed(1);
    Set<String> secrets = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(secrets.add(made.next())).isTrue();
    }
    assertThat(secrets).allMatch(each -> each.matches("jt_[0-9A-Za-z]{49}"));
    assertThat(new WellFormed(1).next()).isIn(secrets);
  }

  @Test
  void broken_differsInItsChecksumAlone() {
    String secret = new WellFormed(2).next();
    assertThat(WellFormed.broken(secret))
        .hasSameSizeAs(secret)
        .startsWith(secret.substring(0, 51))
        .isNotEqualTo(secret);
  }
}
