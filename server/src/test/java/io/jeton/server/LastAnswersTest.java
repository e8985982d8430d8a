package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastAnswersTest {
  private static final Duration QUIET = Duration.ofMillis(50);
  private static final Duration AT_MOST = Duration.ofMillis(500);
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final LastAnswers answers = new LastAnswers(QUIET, AT_MOST);
  private final CompletableFuture<HttpResponse> late = new CompletableFuture<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private Server server;
  private Socket client;

  @BeforeEach
  void start() throws Exception {
    server =
        Server.builder()
            .http(0)
            .meterRegistry(new SimpleMeterRegistry())
            .childChannelPipelineCustomizer(answers)
            .service("/soon", (context, request) -> HttpResponse.of(200))
            .service(
                "/late",
                (context, request) -> {
                  asked.countDown();
                  return HttpResponse.of(late);
                })
            .build();
    server.start().join();
    client = new Socket(InetAddress.getLoopbackAddress(), server.activeLocalPort());
    client.setSoTimeout(10_000);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.closeAsync();
  }

  @Test
  void stopping_closesTheConnectionsThatAreIdle() throws Exception {
    ask("/soon");
    assertThat(read(OK.length())).isEqualTo(OK);

    answers.serverStopping(server);

    assertThat(server.numConnections()).isZero();
    assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
        .endsWith("\r\n\r\n200 OK");
  }

  @Test
  void stopping_closesTheConnectionsThatComeLate() throws Exception {
    answers.serverStopping(server);

    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), server.activeLocalPort())) {
      other.setSoTimeout(10_000);
      assertThat(other.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void stopping_letsAnAnswerOut_beforeItCloses() throws Exception {
    ask("/late");
    asked.await();
    CompletableFuture<Void> stopping =
        CompletableFuture.runAsync(() -> answers.serverStopping(server));
    late.complete(HttpResponse.of(200));

    assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
        .startsWith(OK)
        .endsWith("\r\n\r\n200 OK");
    stopping.join();
    assertThat(server.numConnections()).isZero();
  }

  @Test
  void stopping_leavesTheConnectionsToTheServer_whenAnAnswerTakesTooLong() throws Exception {
    ask("/late");
    asked.await();

    answers.serverStopping(server);

    assertThat(server.numConnections()).isEqualTo(1);
    late.complete(HttpResponse.of(200));
    assertThat(read(OK.length())).isEqualTo(OK);
  }

  private void ask(String path) throws Exception {
    client
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private String read(int bytes) throws Exception {
    InputStream in = client.getInputStream();
    return new String(in.readNBytes(bytes), StandardCharsets.US_ASCII);
  }
}
