package io.jeton.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.crypto.TokenFormat.Shape;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class TokenFormatTest {
  /** What the README of another implementation would be checked against: CRC-32 in base 62. */
  @Test
  void newToken_endsWithTheChecksumOfWhatStandsBefore() {
    String token = TokenFormat.newToken().reveal();
    CRC32 crc = new CRC32();
    crc.update(token.substring(0, 46).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    long claimed = 0;
    for (char c : token.substring(46).toCharArray()) {
      claimed =
          claimed * 62
              + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".indexOf(c);
    }
    assertThat(token).matches("jt_[0-9A-Za-z]{49}");
    assertThat(claimed).isEqualTo(crc.getValue());
  }

  @Test
  void shapeOf_knowsTokensAndKeys_byTheirChecksum() {
    String token = TokenFormat.newToken().reveal();
    String key = TokenFormat.newServiceKey().reveal();

    assertThat(TokenFormat.shapeOf(token)).isEqualTo(Shape.OPAQUE);
    assertThat(TokenFormat.shapeOf(key)).isEqualTo(Shape.SERVICE_KEY);
    assertThat(TokenFormat.shapeOf(token + "0")).isEqualTo(Shape.OPAQUE_BROKEN);
    assertThat(TokenFormat.shapeOf(token.substring(1))).isEqualTo(Shape.OTHER);
    assertThat(TokenFormat.shapeOf("jt_")).isEqualTo(Shape.OPAQUE_BROKEN);
    assertThat(TokenFormat.shapeOf("")).isEqualTo(Shape.OTHER);
  }

  @Test
  void shapeOf_noticesEverySingleChangedCharacter() {
    for (String whole :
        new String[] {TokenFormat.newToken().reveal(), TokenFormat.newServiceKey().reveal()}) {
      for (int i = 7; i < whole.length(); i++) {
        for (char c : new char[] {'0', 'Z', 'a', '-', 'é', '\0'}) {
          if (whole.charAt(i) != c) {
            String changed = whole.substring(0, i) + c + whole.substring(i + 1);
            assertThat(TokenFormat.shapeOf(changed))
                .isIn(Shape.OPAQUE_BROKEN, Shape.SERVICE_KEY_BROKEN);
          }
        }
      }
    }
  }

  @Test
  void newHex_hasItsLengthAndDiffers() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      seen.add(TokenFormat.newHex(32).reveal());
    }
    assertThat(seen).hasSize(100).allMatch(text -> text.matches("[0-9a-f]{32}"));
  }
}
