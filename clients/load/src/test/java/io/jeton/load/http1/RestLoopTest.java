package io.jeton.load.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.jeton.load.call.Codes;
import io.jeton.load.call.GetCall;
import io.jeton.load.floor.ConstantRest;
import io.jeton.load.stats.LoadResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestLoopTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ServerBuilder builder = Server.builder();
  private Server server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.closeAsync();
    }
  }

  @Test
  void everyRequest_isAnsweredOnce_byTheFloor() throws Exception {
    server = ConstantRest.server();
    AtomicLong told = new AtomicLong();

    LoadResult result = RestLoop.run(start(), tokens("{\"expire\":\"", told), 8, 1_000, LONG);

    assertThat(result.right()).isEqualTo(1_000).isEqualTo(told.get());
    assertThat(result.wrong()).isZero();
    assertThat(result.latency().count()).isEqualTo(1_000);
  }

  @Test
  void anotherAnswer_isWrong() throws Exception {
    server = ConstantRest.server();

    LoadResult result =
        RestLoop.run(start(), tokens("{\"expires\":\"", new AtomicLong()), 2, 10, LONG);

    assertThat(result.right()).isZero();
    assertThat(result.faults()).containsOnlyKeys("another answer").containsValue(10L);
  }

  @Test
  void anotherStatus_isWrong() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server =
        builder
            .service(
                "/token",
                (context, request) ->
                    HttpResponse.of(
                        asked.incrementAndGet() % 2 == 0 ? HttpStatus.OK : HttpStatus.UNAUTHORIZED,
                        MediaType.JSON,
                        "{\"expire\":\"x".repeat(500)))
            .build();

    LoadResult result = RestLoop.run(start(), tokens("{\"expire", new AtomicLong()), 1, 10, LONG);

    assertThat(result.right()).isEqualTo(5);
    assertThat(result.faults()).containsEntry("status 401", 5L);
  }

  @Test
  void endsInTime_withEveryAnswerIn() throws Exception {
    server = ConstantRest.server();

    LoadResult result =
        RestLoop.run(
            start(),
            tokens("{\"expire\":\"", new AtomicLong()),
            4,
            Long.MAX_VALUE,
            Duration.ofMillis(200));

    assertThat(result.elapsed()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(10));
    assertThat(result.right()).isPositive();
    assertThat(result.wrong()).isZero();
  }

  @Test
  void serverThatIsNotThere_isAnError() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + port);

    assertThatThrownBy(() -> RestLoop.run(nobody, tokens("", new AtomicLong()), 1, 1, LONG))
        .isInstanceOf(IOException.class);
  }

  @Test
  void answer_isFound_howeverItsBytesCome() throws Exception {
    byte[] whole = "HTTP/1.1 404 Not Found\r\nContent-LENGTH:  5\r\nx: y\r\n\r\nhello".getBytes();
    for (int step = 1; step <= whole.length; step++) {
      Answer answer = new Answer();
      boolean isWhole = false;
      for (int at = 0; at < whole.length; at += step) {
        int count = Math.min(step, whole.length - at);
        System.arraycopy(whole, at, answer.bytes(), answer.size(), count);
        assertThat(isWhole).isFalse();
        isWhole = answer.add(count);
      }
      assertThat(isWhole).as("steps of %d", step).isTrue();
      assertThat(answer.status()).isEqualTo(404);
      assertThat(new String(answer.bytes(), answer.bodyOffset(), answer.bodyLength()))
          .isEqualTo("hello");
    }
  }

  private URI start() {
    server.start().join();
    return URI.create("http://127.0.0.1:" + server.activeLocalPort());
  }

  private static GetCall tokens(String expected, AtomicLong told) {
    return new GetCall(
        new Codes(1, 10),
        "GET /token HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {secret}\r\n\r\n",
        expected,
        () -> 3,
        told::addAndGet);
  }
}
