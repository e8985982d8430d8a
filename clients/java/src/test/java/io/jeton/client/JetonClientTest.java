package io.jeton.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JetonClientTest {

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8420, 127.0.0.1:8420, false",
    "http://[::1]:8420/, [::1]:8420, false",
    "HTTPS://tokens.example, tokens.example:443, true",
    "http://tokens.example, tokens.example:80, false"
  })
  void serverAddress_isHttpOrHttps(String text, String authority, boolean isTls) {
    assertThat(ServerAddress.parse(text)).isEqualTo(new ServerAddress(authority, isTls));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:8420",
        "ftp://h:1",
        "http://",
        "http://u:pw@h:1",
        "http://h:1/x",
        "http://h:1?q",
        "http://h x:1"
      })
  void serverAddress_refusesAnythingElse_withoutRepeatingIt(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JetonClient.builder().server(text).build())
        .withMessage(
            "not the address of a server (expected: http://HOST:PORT or https://HOST:PORT)");
  }

  @Test
  void build_refusesAKeyThatCannotBeSent_withoutRepeatingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JetonClient.builder().key("jt_svc_a\nb").build())
        .withMessageNotContaining("jt_svc_a");
  }

  @Test
  void build_refusesCertificates_thatCannotBeUsed(@TempDir Path directory) throws Exception {
    Path none = directory.resolve("none.pem");
    Path garbage = Files.writeString(directory.resolve("garbage.pem"), "S3CRET");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JetonClient.builder().ca(garbage).build())
        .withMessage("certificates are for TLS (expected: a server at https://HOST:PORT)");
    for (Path file : new Path[] {none, garbage}) {
      JetonClient.Builder builder = JetonClient.builder().server("https://localhost:1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.ca(file).build())
          .withMessageStartingWith("the certificates cannot be used")
          .withMessageNotContaining("S3CRET");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  JetonClient.builder()
                      .server("https://localhost:1")
                      .certificate(file, file)
                      .build())
          .withMessageStartingWith("the certificates cannot be used");
    }
  }

  @Test
  void build_refusesADeadline_thatHasPassed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JetonClient.builder().deadline(Duration.ZERO).build());
  }

  @Test
  void isServing_asksForHealth_withoutTheKey() {
    HealthStatusManager health = new HealthStatusManager();
    try (FakeServer server = new FakeServer(health.getHealthService());
        JetonClient client = server.client()) {
      assertThat(client.isServing()).isTrue();
      health.setStatus("", ServingStatus.NOT_SERVING);
      assertThat(client.isServing()).isFalse();
      assertThat(server.headers).noneMatch(h -> h.keys().contains("authorization"));
    }
  }
}
