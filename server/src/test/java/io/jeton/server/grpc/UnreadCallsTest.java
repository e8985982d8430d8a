package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.VerifyTokenRequest;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that the framework refuses before they are read: with a reason, and as no defect. */
class UnreadCallsTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  /** Three megabytes are read and refused; of six the reading ends before. */
  @Test
  void aMessageOverTwoMegabytes_isTooLarge() throws Exception {
    double defects = refusals("INTERNAL");
    double before = refusals("REQUEST_TOO_LARGE");
    for (int megabytes : new int[] {3, 6}) {
      String large = "x".repeat(megabytes << 20);
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () ->
                  node.tokens()
                      .issueToken(IssueTokenRequest.newBuilder().setSubject(large).build()),
              () ->
                  node.tokens()
                      .verifyToken(VerifyTokenRequest.newBuilder().setToken(large).build()))) {
        assertThat(Failure.of(call).kind()).isEqualTo("RESOURCE_EXHAUSTED REQUEST_TOO_LARGE");
      }
    }
    assertThat(refusals("REQUEST_TOO_LARGE") - before).isEqualTo(4);
    assertThat(refusals("INTERNAL")).isEqualTo(defects);
  }

  /** Anybody can send that; it must not look like a defect. */
  @Test
  void aLengthThatIsTooLarge_isRefusedBeforeTheMessage() throws Exception {
    double defects = refusals("INTERNAL");
    String key = "Bearer " + node.adminKey();
    try (PlainCalls calls = new PlainCalls(node.url())) {
      for (String path :
          List.of(
              "/grpc.health.v1.Health/Check",
              "/jeton.v1.TokenService/IssueToken",
              "/jeton.v1.TokenService/VerifyToken")) {
        assertThat(
                calls
                    .begin(
                        PlainCalls.headers(path, "authorization", key, "content-length", "5000000"))
                    .answered()
                    .status())
            .as(path)
            .contains(Status.Code.RESOURCE_EXHAUSTED);
      }
    }
    assertThat(refusals("INTERNAL")).isEqualTo(defects);
  }

  @Test
  void aPieceThatIsNoHttp_isNoDefect() throws Exception {
    double defects = refusals("INTERNAL");
    URI url = URI.create(node.url());
    for (String path :
        List.of("/jeton.v1.TokenService/IssueToken", "/jeton.v1.TokenService/VerifyToken")) {
      try (Socket socket = new Socket(url.getHost(), url.getPort())) {
        socket.setSoTimeout(20_000);
        String request =
            "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/grpc\r\n"
                + "Authorization: Bearer %s\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n";
        socket
            .getOutputStream()
            .write(request.formatted(path, node.adminKey()).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write("\0\0\0\0\0zz\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(12)).hasSize(12);
      }
    }
    assertThat(refusals("INTERNAL")).isEqualTo(defects);
  }

  private static double refusals(String reason) throws Exception {
    String name = "jeton_refusals_total{reason=\"" + reason + "\"} ";
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(node.opsUrl() + "/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }
}
