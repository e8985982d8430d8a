package io.jeton.load.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.jeton.load.call.ProbeCall;
import io.jeton.load.floor.ConstantStub;
import io.jeton.load.floor.Floor;
import io.jeton.load.stats.LoadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
  /** Asks for a token and takes any answer that the stub gives. */
  private static final class AnyAnswer implements Call {
    private final ProbeCall probe = new ProbeCall();

    @Override
    public String path() {
      return probe.path();
    }

    @Override
    public int maxRequestBytes() {
      return probe.maxRequestBytes();
    }

    @Override
    public int write(java.nio.ByteBuffer message) {
      return probe.write(message);
    }

    @Override
    public String judge(int request, byte[] bytes, int offset, int length) throws IOException {
      // The stub says that every token is active, which a probe does not expect.
      return "active, and nobody issued it".equals(probe.judge(request, bytes, offset, length))
          ? null
          : "not the stub's answer";
    }
  }

  private final Server server = ConstantStub.server(Floor.DEFAULT);
  private final Call call = new AnyAnswer();

  @BeforeEach
  void start() {
    server.start().join();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void run_makesExactlyThePlannedRequests() throws IOException {
    LoadResult result = ClosedLoop.run(target(), call, Plan.of(8, 16, 5000));
    assertThat(result.faults()).isEmpty();
    assertThat(result.right()).isEqualTo(5000);
    assertThat(result.latency().count()).isEqualTo(5000);
  }

  @Test
  void run_makesRequestsForThePlannedTime() throws IOException {
    Plan plan = Plan.of(2, 4, Duration.ofMillis(200));
    LoadResult result = ClosedLoop.run(target(), call, plan);
    assertThat(result.wrong()).isZero();
    assertThat(result.right()).isPositive();
    assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }

  @Test
  void run_replacesAConnection_whoseStreamIdsAreUsedUp() throws IOException {
    Plan plan = Plan.of(3, 5, 4000).withLastStream(301);
    LoadResult result = ClosedLoop.run(target(), call, plan);
    assertThat(result.faults()).isEmpty();
    assertThat(result.right()).isEqualTo(4000);
  }

  @Test
  void run_sendsTheSameHeaders_onFirstAndLaterRequests() throws IOException {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    Server watched =
        Server.builder()
            .http(0)
            .service(GrpcService.builder().addService(new ConstantStub()).build())
            .decorator(
                (service, ctx, request) -> {
                  RequestHeaders headers = request.headers();
                  seen.add(
                      String.join(
                          " ",
                          headers.method().name(),
                          headers.path(),
                          headers.authority(),
                          headers.get(HttpHeaderNames.CONTENT_TYPE),
                          headers.get(HttpHeaderNames.TE),
                          headers.get(HttpHeaderNames.AUTHORIZATION)));
                  return service.serve(ctx, request);
                })
            .build();
    watched.start().join();
    String authority = "127.0.0.1:" + watched.activeLocalPort();
    String key = "k".repeat(300);
    Target target = new Target(URI.create("http://" + authority), key);
    assertThat(ClosedLoop.run(target, call, Plan.of(2, 4, 500)).right()).isEqualTo(500);
    watched.stop();
    assertThat(seen)
        .containsExactly(
            "POST /jeton.v1.TokenService/VerifyToken %s application/grpc trailers Bearer %s"
                .formatted(authority, key));
  }

  @Test
  void run_countsWhatALostConnectionLeavesUnanswered() throws Exception {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var closing = CompletableFuture.runAsync(() -> closeAfterFirstRequests(listener));
      var target = new Target(URI.create("http://127.0.0.1:" + listener.getLocalPort()), "k");
      LoadResult result = ClosedLoop.run(target, call, Plan.of(1, 8, 100));
      closing.join();
      assertThat(result.right()).isZero();
      assertThat(result.wrong()).isEqualTo(8);
      assertThat(result.faults().keySet()).singleElement().asString().contains("connection");
    }
  }

  private static void closeAfterFirstRequests(ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      // An empty SETTINGS frame.
      socket.getOutputStream().write(new byte[] {0, 0, 0, Frames.SETTINGS, 0, 0, 0, 0, 0});
      int preface = 24 + 27 + 13;
      socket.getInputStream().readNBytes(preface + 9 + 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void run_says_whenNobodyListens() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var nobody = new Target(URI.create("http://127.0.0.1:" + port), "k");
    assertThatThrownBy(() -> ClosedLoop.run(nobody, call, Plan.of(1, 1, 1)))
        .isInstanceOf(IOException.class);
  }

  private Target target() {
    return new Target(URI.create("http://127.0.0.1:" + server.activeLocalPort()), "jt_svc_test");
  }
}
