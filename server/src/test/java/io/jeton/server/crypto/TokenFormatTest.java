package io.jeton.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.crypto.TokenFormat.Shape;
import org.junit.jupiter.api.Test;

class TokenFormatTest {
  private static final String BODY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg";

  @Test
  void shapeOf_knowsTokensAndKeys_byTheirChecksum() {
    String token = "jt_" + BODY + TokenFormat.checksum("jt_" + BODY);
    String key = "jt_svc_" + BODY + TokenFormat.checksum("jt_svc_" + BODY);

    assertThat(token).hasSize(52);
    assertThat(TokenFormat.shapeOf(token)).isEqualTo(Shape.OPAQUE);
    assertThat(TokenFormat.shapeOf(key)).isEqualTo(Shape.SERVICE_KEY);
    assertThat(TokenFormat.shapeOf(token + "0")).isEqualTo(Shape.OPAQUE_BROKEN);
    assertThat(TokenFormat.shapeOf(token.replace('5', '6'))).isEqualTo(Shape.OPAQUE_BROKEN);
    assertThat(TokenFormat.shapeOf(key.replace('a', 'b'))).isEqualTo(Shape.SERVICE_KEY_BROKEN);
    assertThat(TokenFormat.shapeOf("jt_")).isEqualTo(Shape.OPAQUE_BROKEN);
    assertThat(TokenFormat.shapeOf("")).isEqualTo(Shape.OTHER);
  }
}
