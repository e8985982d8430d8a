package io.jeton.load.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {
  @Test
  void of_isTheMiddle_whateverTheOrder() {
    assertThat(Medians.of(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
  }

  @Test
  void of_isTheMeanOfTheMiddleTwo_whenEven() {
    assertThat(Medians.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3);
  }

  @Test
  void of_isNaN_whenEmpty() {
    assertThat(Medians.of(List.of())).isNaN();
  }
}
