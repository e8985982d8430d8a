package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.bridge.Instances;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.demo.DemoSettings;
import io.jeton.server.testing.SettableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    try (Node node = start(clock)) {
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

  @Test
  void documentedSession_isThereAgain_afterItHasEnded() throws Exception {
    SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
    try (Node node = start(clock)) {
      node.demo();
      assertThat(tokens(node)).contains("\"code\":1320001");
      clock.advance(Duration.ofHours(31));
      long start = System.nanoTime();
      String answer = tokens(node);
      while (!answer.contains("\"code\":1320001") && System.nanoTime() - start < PATIENCE_NANOS) {
        answer = tokens(node);
      }
      assertThat(answer).contains("\"code\":1320001");
    }
  }

  @Test
  void ownSecrets_winOverThoseOfTheDemo_andOtherRealmsGetNone() {
    Map<String, Object> own = Map.of("contract", "animeloop", "session-secrets", List.of("own"));
    Map<String, Object> other = Map.of("contract", "liveget", "realm", "other");
    Map<String, Object> bare = Map.of("contract", "liveget");

    List<Map<String, Object>> complete = DemoSettings.complete(List.of(own, other, bare));

    assertThat(complete.subList(0, 2)).containsExactly(own, other);
    assertThat(complete.get(2)).containsOnlyKeys("contract", "password-sha256");
  }

  private Node start(SettableClock clock) throws Exception {
    JetonConfig config =
        ConfigReader.read(
            Optional.empty(),
            Map.of(),
            Map.of("data-dir", directory.toString(), "port", "0", "ops.port", "0"));
    return Node.start(
        config.withContracts(DemoSettings.complete(Instances.defaults())),
        Path.of(System.getProperty("jeton.home")),
        Map.of(),
        clock);
  }

  private String tokens(Node node) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url() + "/api/v2/auth/token"))
            .header(
                "Cookie",
                "animeloop.auth.sid=s%3A4VtJUXAabKIew3Wib8scACX1lDZK6Z3d"
                    + ".7Hqy%2F8Nk8d0rFr4ygSCoEnwg5GD%2BVMfghQieThqQ2dU")
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
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
