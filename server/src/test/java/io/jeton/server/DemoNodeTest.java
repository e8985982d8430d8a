package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.config.ConfigReader;
import io.jeton.server.testing.SettableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoNodeTest {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  @TempDir Path directory;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void documentedCredential_canBeRefreshedAgain_afterItsGrace_asOftenAsItIsTried()
      throws Exception {
    SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
    try (Node node =
        Node.start(
            ConfigReader.read(
                Optional.empty(),
                Map.of(),
                Map.of("data-dir", directory.toString(), "port", "0", "ops.port", "0")),
            Path.of(System.getProperty("jeton.home")),
            Map.of(),
            clock)) {
      node.demo();
      for (int round = 0; round < 3; round++) {
        awaitOk(node, "PUT", round);
        assertThat(send(node, "GET")).isEqualTo(200);
        clock.advance(Duration.ofSeconds(11));
      }
      clock.advance(Duration.ofHours(3));
      awaitOk(node, "GET", 3);
    }
  }

  private void awaitOk(Node node, String method, int round) throws Exception {
    long start = System.nanoTime();
    int status = send(node, method);
    while (status != 200 && System.nanoTime() - start < PATIENCE_NANOS) {
      status = send(node, method);
    }
    assertThat(status).as("%s in round %d", method, round).isEqualTo(200);
  }

  private int send(Node node, String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url() + "/token"))
            .method(method, BodyPublishers.noBody())
            .header("Authorization", "Toekn 64dacec16b4b0d1baebcbf72")
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }
}
