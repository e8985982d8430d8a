package io.jeton.load.database;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class StoredSecretsTest {
  private final StoredSecrets secrets = new StoredSecrets(2_000_000_000);

  @Test
  void write_isANumber_asLongAsARealSecret() {
    ByteBuffer out = ByteBuffer.allocate(100);
    secrets.write(1_234_567_890, out);
    String written = new String(out.array(), 0, out.position(), US_ASCII);
    assertThat(written).isEqualTo("bench-" + "0".repeat(36) + "1234567890").hasSize(52);
  }

  @Test
  void lookup_isTheDigestOfRealmAndSecret() throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] secret = sha256.digest(("bench-" + "0".repeat(45) + "7").getBytes(US_ASCII));
    sha256.update(new byte[] {0, 7, 'd', 'e', 'f', 'a', 'u', 'l', 't', 0, 0});
    assertThat(secrets.lookup(7)).isEqualTo(sha256.digest(secret));
  }
}
