package io.jeton.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import io.jeton.bridge.testing.Wire;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the frame does with requests, seen from a contract that repeats what it was asked. */
class FrameTest {
  private static final String END = "\r\nHost: x\r\nConnection: close\r\n\r\n";

  private static final AtomicInteger refusals = new AtomicInteger();

  private static Server server;
  private static int port;

  /** Answers what it was asked, or in the ways that a contract must not. */
  private static final class Echo implements Contract {
    @Override
    public int claim(String prefix, String path) {
      return prefix.length();
    }

    @Override
    public CompletableFuture<AggregatedHttpResponse> answer(Inquiry inquiry) {
      return switch (inquiry.path()) {
        case "/never" -> new CompletableFuture<>();
        case "/failing" -> CompletableFuture.failedFuture(new IllegalStateException("secret"));
        case "/throwing" -> throw new IllegalStateException("secret");
        default ->
            CompletableFuture.completedFuture(
                text(
                    HttpStatus.OK,
                    String.join(
                        " ",
                        inquiry.headers().method().name(),
                        inquiry.prefix(),
                        inquiry.path(),
                        inquiry.query(),
                        inquiry.baseUrl(),
                        inquiry.client().address(),
                        inquiry.client().requestId(),
                        Integer.toString(inquiry.body().length))));
      };
    }

    @Override
    public AggregatedHttpResponse refuse(Inquiry inquiry, Problem problem) {
      refusals.incrementAndGet();
      return text(HttpStatus.valueOf(418), problem + " " + inquiry.prefix() + inquiry.path());
    }

    private static AggregatedHttpResponse text(HttpStatus status, String text) {
      return AggregatedHttpResponse.of(status, MediaType.PLAIN_TEXT_UTF_8, text);
    }
  }

  @BeforeAll
  static void start() {
    List<Mounted> mounts =
        List.of(
            new Mounted(new Echo(), "root", "default", List.of(""), Optional.empty()),
            new Mounted(
                new Echo(), "p", "default", List.of("/p"), Optional.of("https://example.org")));
    TrustedProxies proxies = TrustedProxies.of(List.of("127.0.0.1"));
    server =
        Server.builder()
            .http(0)
            .gracefulShutdownTimeoutMillis(0, 0)
            .childChannelPipelineCustomizer(Bridge.queries(false))
            .errorHandler(Bridge.failures(mounts, proxies))
            .serviceUnder("/", Bridge.service(mounts, proxies))
            .service(
                "/elsewhere",
                (context, request) -> {
                  throw new IllegalArgumentException("secret");
                })
            .build();
    server.start().join();
    port = server.activeLocalPort();
  }

  @AfterAll
  static void stop() {
    server.closeAsync();
  }

  @Test
  void inquiry_saysWhatWasSent() throws Exception {
    Wire.Answer answer =
        Wire.send(
            port,
            "POST /a%2Fb;c?d=e&f HTTP/1.1\r\nHost: plus.io:81\r\nConnection: close\r\n"
                + "X-Request-Id: id-1\r\nContent-Length: 3\r\n\r\nabc");
    assertThat(answer.text()).isEqualTo("POST  /a%2Fb;c d=e&f http://plus.io:81 127.0.0.1 id-1 3");
    assertThat(answer.all("cache-control")).containsExactly("no-store");
    assertThat(answer.all("date")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%zz", "a=%", "a=%4", "a=1&b=%00", "a=%1F&b=%7f", "a=%E4%zz%25zz", "a=%25zz"})
  void inquiry_hasTheQuery_alsoWhenItCannotBeDecoded(String query) throws Exception {
    String line = " HTTP/1.1\r\nHost: x\r\nX-Request-Id: 1\r\n";
    String requests =
        ("GET /a?" + query + line + "\r\n")
            + ("GET /a?b" + line + "\r\n")
            + ("GET /p/a?" + query + line + "Connection: close\r\n\r\n");
    try (Socket socket = new Socket("127.0.0.1", port)) {
      OutputStream out = socket.getOutputStream();
      for (byte each : requests.getBytes(StandardCharsets.US_ASCII)) {
        out.write(each);
        out.flush();
      }
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .containsSubsequence(
              "GET  /a " + query + " http://x 127.0.0.1 1 0",
              "GET  /a b http://x 127.0.0.1 1 0",
              "GET /p /a " + query + " https://example.org 127.0.0.1 1 0");
    }
  }

  @Test
  void inquiry_believesTheProxy_andThePublicUrl() throws Exception {
    String headers =
        " HTTP/1.1\r\nHost: plus.io\r\nX-Request-Id: 1\r\nX-Forwarded-For: 203.0.113.9\r\n"
            + "X-Forwarded-Proto: https\r\nConnection: close\r\n\r\n";
    assertThat(Wire.send(port, "GET /a" + headers).text())
        .isEqualTo("GET  /a  https://plus.io 203.0.113.9 1 0");
    assertThat(Wire.send(port, "GET /p/a" + headers).text())
        .isEqualTo("GET /p /a  https://example.org 203.0.113.9 1 0");
  }

  @Test
  void requestId_isFresh_whenTheClientsCannotBeUsed() throws Exception {
    for (String id : List.of("a b", "x".repeat(65), "")) {
      String text =
          Wire.send(
                  port,
                  "GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: "
                      + id
                      + "\r\nConnection: close\r\n\r\n")
              .text();
      assertThat(text).matches("GET  /  http://x 127\\.0\\.0\\.1 [!-~]{1,64} 0");
      assertThat(text).doesNotContain("x".repeat(65));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What is sent, and what is answered.
        "GET /token%zz HTTP/1.1|UNREADABLE /",
        "GET /token%00 HTTP/1.1|UNREADABLE /",
        "GET /a/../token HTTP/1.1|UNREADABLE /",
        "GET token HTTP/1.1|UNREADABLE /",
        "GET http://x/token HTTP/1.1|UNREADABLE /",
        "GET * HTTP/1.1|UNREADABLE /",
        "CONNECT x:80 HTTP/1.1|UNREADABLE /",
        "GET /tok en HTTP/1.1|UNREADABLE /",
        "garbage|UNREADABLE /",
        "FOO /token HTTP/1.1|STRANGE_METHOD /token",
        "FOO /p/token HTTP/1.1|STRANGE_METHOD /p/token",
        "get /token HTTP/1.1|STRANGE_METHOD /token",
        "CONNECT /token HTTP/1.1|STRANGE_METHOD /token",
      })
  void aRequestThatNoServiceCanBeAsked_isRefusedByTheOwner(String line, String expected)
      throws Exception {
    assertRefused(Wire.send(port, line + END), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bad Header: 1",
        "X: a\u0000b",
        "Host: a, b",
        "Host: a/b",
        "Host:",
        "Content-Length: abc",
        "Content-Length: -5",
        "Expect: 200-ok",
      })
  void aRequestWithWrongHeaders_isRefusedByTheOwner(String header) throws Exception {
    String host = header.startsWith("Host") ? "" : "Host: x\r\n";
    Wire.Answer answer =
        Wire.send(port, "POST / HTTP/1.1\r\n" + host + header + "\r\nConnection: close\r\n\r\n");
    assertRefused(answer, "UNREADABLE /");
  }

  @Test
  void tooLongLinesAndHeaders_areRefusedByTheOwner() throws Exception {
    assertRefused(Wire.send(port, "GET /" + "a".repeat(5000) + " HTTP/1.1" + END), "UNREADABLE /");
    assertRefused(
        Wire.send(port, "GET / HTTP/1.1\r\nX: " + "a".repeat(9000) + END), "UNREADABLE /");
    assertRefused(
        Wire.send(port, "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n"),
        "UNREADABLE /");
  }

  @Test
  void otherServices_andGrpc_keepTheirOwnRefusals() throws Exception {
    Wire.Answer elsewhere = Wire.send(port, "GET /elsewhere HTTP/1.1" + END);
    assertThat(elsewhere.status()).isEqualTo(400);
    assertThat(elsewhere.text()).isEqualTo("{\"error\":\"bad request\"}");
    Wire.Answer grpc =
        Wire.send(port, "FOO /a.B/C HTTP/1.1\r\nContent-Type: application/grpc" + END);
    assertThat(grpc.status()).isEqualTo(405);
    assertThat(grpc.text()).isEqualTo("{\"error\":\"bad request\"}");
  }

  @Test
  void oldRequestsAreAnswered() throws Exception {
    assertThat(Wire.send(port, "GET /a HTTP/1.0\r\nHost: x\r\n\r\n").text())
        .startsWith("GET  /a  http://x ");
    assertThat(Wire.send(port, "GET /a HTTP/1.0\r\n\r\n").text()).startsWith("GET  /a  http://");
  }

  @Test
  void aClientThatReadsToTheEnd_isToldAtOnceThatTheAnswerIsOut() throws Exception {
    try (Socket socket = Wire.connect(port)) {
      // The server keeps the connection for three seconds.
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(("GET /a HTTP/1.1" + END).getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .endsWith(" 0");
    }
  }

  @Test
  void traceReachesTheContract() throws Exception {
    assertThat(Wire.send(port, "TRACE /a HTTP/1.1" + END).text()).startsWith("TRACE  /a ");
  }

  @ParameterizedTest
  @CsvSource({"/never", "/failing", "/throwing"})
  void aContractThatDoesNotAnswer_isAnOutage_withinASecond(String path) throws Exception {
    long start = System.nanoTime();
    assertRefused(Wire.send(port, "GET " + path + " HTTP/1.1" + END), "OUTAGE " + path);
    assertThat(System.nanoTime() - start).isLessThan(1_500_000_000L);
  }

  @Test
  void aBodyIsTooLarge_fromOneByteAboveTheLimit() throws Exception {
    for (String version : List.of("1.1", "1.0")) {
      assertThat(Wire.send(port, post(102_400, version)).text()).endsWith(" 102400");
      assertRefused(Wire.send(port, post(102_401, version)), "TOO_LARGE /");
    }
    assertRefused(
        Wire.send(
            port,
            "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "19001\r\n"
                + "a".repeat(102_401)
                + "\r\n0\r\n\r\n"),
        "TOO_LARGE /");
    // Far above what the server itself reads.
    assertRefused(
        Wire.send(
            port,
            "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 99999999\r\n\r\n"),
        "TOO_LARGE /");
  }

  @Test
  void aBodyAnnouncedAsTooLarge_isRefused_beforeItComes() throws Exception {
    String announced =
        "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 200000\r\n";
    long start = System.nanoTime();
    assertRefused(Wire.send(port, announced + "\r\nabc"), "TOO_LARGE /");
    assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L);

    try (Socket socket = Wire.connect(port)) {
      socket
          .getOutputStream()
          .write((announced + "Expect: 100-continue\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      Wire.Answer answer = Wire.read(socket.getInputStream(), false);
      assertRefused(
          answer.status() == 100 ? Wire.read(socket.getInputStream(), false) : answer,
          "TOO_LARGE /");
    }
  }

  @Test
  void aContract_isAskedOnceForARefusal() throws Exception {
    int before = refusals.get();
    for (int i = 0; i < 20; i++) {
      assertRefused(Wire.send(port, post(102_401, "1.1")), "TOO_LARGE /");
    }
    assertThat(refusals).hasValue(before + 20);
  }

  @Test
  void aBrokenChunk_isUnreadable() throws Exception {
    assertRefused(
        Wire.send(
            port,
            "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "zz\r\nabc\r\n0\r\n\r\n"),
        "UNREADABLE /");
  }

  @Test
  void aClientThatAsks_isToldToContinue() throws Exception {
    try (Socket socket = Wire.connect(port)) {
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      out.write(
          ("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      assertThat(Wire.read(in, false).status()).isEqualTo(100);
      out.write("abc".getBytes(StandardCharsets.US_ASCII));
      assertThat(Wire.read(in, false).text()).endsWith(" 3");
    }
  }

  @Test
  void http2_isAnsweredLikeHttp1() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpResponse<String> answer = post(client, "/a?b=c", 3);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.body()).startsWith("POST  /a b=c http://127.0.0.1:" + port + " ");
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("date")).isPresent();
    assertThat(post(client, "/a", 102_401).body()).isEqualTo("TOO_LARGE /a");
    assertThat(post(client, "/p/never", 0).body()).isEqualTo("OUTAGE /p/never");
  }

  private static HttpResponse<String> post(HttpClient client, String path, int bytes)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(BodyPublishers.ofByteArray(new byte[bytes]))
            .build(),
        BodyHandlers.ofString());
  }

  private static String post(int bytes, String version) {
    return "POST / HTTP/"
        + version
        + "\r\nHost: x\r\nConnection: close\r\nContent-Length: "
        + bytes
        + "\r\n\r\n"
        + "a".repeat(bytes);
  }

  private static void assertRefused(Wire.Answer answer, String expected) {
    assertThat(answer.text()).isEqualTo(expected);
    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.all("date")).hasSize(1);
    assertThat(answer.all("cache-control")).containsExactly("no-store");
  }
}
