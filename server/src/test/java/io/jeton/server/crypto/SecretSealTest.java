package io.jeton.server.crypto;

import static io.jeton.server.crypto.SecretSeal.Use.ANSWER;
import static io.jeton.server.crypto.SecretSeal.Use.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.TokenId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretSealTest {
  private static final Secret SECRET = Secret.of("a secret");
  private static final TokenId ROW = new TokenId(7);
  private static final byte[] PLAIN = "owed to its holder".getBytes(StandardCharsets.UTF_8);

  private final byte[] sealed = SecretSeal.seal(SECRET, ROW, ANSWER, PLAIN);

  @Test
  void open_givesTheText_underTheSameSecretRowAndUse() {
    assertThat(SecretSeal.open(Secret.of("a secret"), new TokenId(7), ANSWER, sealed).orElseThrow())
        .isEqualTo(PLAIN);
  }

  @Test
  void open_givesNothing_underAnother() {
    assertThat(SecretSeal.open(Secret.of("a secreT"), ROW, ANSWER, sealed)).isEmpty();
    assertThat(SecretSeal.open(Secret.of(""), ROW, ANSWER, sealed)).isEmpty();
    assertThat(SecretSeal.open(SECRET, new TokenId(8), ANSWER, sealed)).isEmpty();
    assertThat(SecretSeal.open(SECRET, ROW, PARTNER, sealed)).isEmpty();
  }

  @Test
  void open_givesNothing_whenABitWasTurned() {
    for (int i = 0; i < sealed.length; i++) {
      byte[] damaged = sealed.clone();
      damaged[i] ^= 1;
      assertThat(SecretSeal.open(SECRET, ROW, ANSWER, damaged)).isEmpty();
    }
    assertThat(SecretSeal.open(SECRET, ROW, ANSWER, new byte[3])).isEmpty();
  }

  @Test
  void openSession_givesTheData_underTheSameSidOfTheSameSession() {
    Lookup row = Lookups.ofSession(RealmName.DEFAULT, "sid");
    byte[] data = SecretSeal.sealSession(Secret.of("sid"), row, PLAIN);

    assertThat(SecretSeal.openSession(Secret.of("sid"), row, data).orElseThrow()).isEqualTo(PLAIN);
    assertThat(SecretSeal.openSession(Secret.of("Sid"), row, data)).isEmpty();
    Lookup another = Lookups.ofSession(new RealmName("other"), "sid");
    assertThat(SecretSeal.openSession(Secret.of("sid"), another, data)).isEmpty();
    data[data.length - 1] ^= 1;
    assertThat(SecretSeal.openSession(Secret.of("sid"), row, data)).isEmpty();
  }

  @Test
  void seal_hidesTheText_andNeverGivesTheSameTwice() {
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("owed");
    assertThat(SecretSeal.seal(SECRET, ROW, ANSWER, PLAIN)).isNotEqualTo(sealed);
  }
}
