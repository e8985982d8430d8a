package io.jeton.bridge.contract.thinksns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final String HEADER = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";
  private static final String CLAIMS =
      "{\"iss\":\"http://x\",\"iat\":10,\"exp\":20,\"nbf\":15,\"jti\":\"j\",\"sub\":7}";

  @Test
  void read_answersWhatTheContractGoesBy() {
    assertThat(Claims.read(token(HEADER, CLAIMS)))
        .hasValue(new Claims(Instant.ofEpochSecond(10), Instant.ofEpochSecond(15), 7));
  }

  @Test
  void read_refusesClaimsThatAreThereTwice() {
    assertThat(Claims.read(token(HEADER, CLAIMS.replace("}", ",\"sub\":8}")))).isEmpty();
    assertThat(Claims.read(token(HEADER.replace("}", ",\"alg\":\"none\"}"), CLAIMS))).isEmpty();
  }

  @Test
  void read_refusesWhatIsNoToken() {
    assertThat(Claims.read("")).isEmpty();
    assertThat(Claims.read("..")).isEmpty();
    assertThat(Claims.read(token(HEADER, CLAIMS) + ".x")).isEmpty();
    assertThat(Claims.read(token(HEADER, "[]"))).isEmpty();
    assertThat(Claims.read(token(HEADER, ""))).isEmpty();
    assertThat(Claims.read(token("\"HS256\"", CLAIMS))).isEmpty();
    assertThat(Claims.read(token(HEADER, CLAIMS).replace("ey", "e*"))).isEmpty();
    assertThat(Claims.read(token(HEADER, CLAIMS) + "x".repeat(4096))).isEmpty();
  }

  @Test
  void read_refusesTimesBeyondTheYear9999() {
    assertThat(Claims.read(token(HEADER, CLAIMS.replace(":10", ":253402300799")))).isPresent();
    assertThat(Claims.read(token(HEADER, CLAIMS.replace(":10", ":253402300800")))).isEmpty();
    assertThat(Claims.read(token(HEADER, CLAIMS.replace(":10", ":-1")))).isEmpty();
  }

  private static String token(String header, String claims) {
    return encoded(header) + "." + encoded(claims) + ".c2lnbmF0dXJl";
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
