package io.jeton.bridge.contract.lanying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PushTokensTest {
  private static final String SECRET = "0123456789abcdef".repeat(4);
  private static final String USER = "6597157180416";

  @Test
  void of_isAnHmac_ofTextsWithTheirLengths() {
    assertThat(PushTokens.of(SECRET, USER, "3f8a5c1e"))
        .isEqualTo("1b5af66ed37210ce51b8103b240224234ca8e945a91a0a05267549ea08e1b7fc");
  }

  @Test
  void of_differs_perApplication_userAndDevice() {
    String otherSecret = "fedcba9876543210".repeat(4);
    assertThat(
            Stream.of(
                PushTokens.of(SECRET, USER, "1"),
                PushTokens.of(otherSecret, USER, "1"),
                PushTokens.of(SECRET, "6597157180424", "1"),
                PushTokens.of(SECRET, USER, "2"),
                PushTokens.of(SECRET, USER + "1", ""),
                PushTokens.of(SECRET, USER, "1\0")))
        .doesNotHaveDuplicates()
        .allMatch(token -> token.matches("[0-9a-f]{64}"));
  }
}
