package io.jeton.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.jeton.server.testing.BesideOthers;
import io.jeton.server.testing.TestAuthority;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.TokenServiceGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose address counts: what proxies say by a header or by the PROXY protocol. */
@BesideOthers
class ForwardedClientsTest {
  private static final String CREATE =
      "POST /token HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n";

  /** Behind proxies on this machine and in 10/8 that speak the PROXY protocol. */
  @Nested
  class BehindTrustedProxies {
    @TempDir static Path directory;
    private static ExposedNode node;

    @BeforeAll
    static void start() throws Exception {
      node =
          ExposedNode.start(
              directory,
              Map.of("proxy-protocol", "true", "trusted-proxies", "127.0.0.1, 10.0.0.0/8"));
    }

    @AfterAll
    static void stop() {
      node.close();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            203.0.113.7                    | 203.0.113.7
            192.0.2.1, 203.0.113.7         | 203.0.113.7
            203.0.113.7, 10.1.2.3          | 203.0.113.7
            203.0.113.7:4711               | 203.0.113.7
            [2001:db8::7]:4711, 10.1.2.3   | 2001:db8:0:0:0:0:0:7
            203.0.113.7, unknown           | 127.0.0.1
            203.0.113.7, unknown, 10.1.2.3 | 10.1.2.3
            """)
    void xForwardedFor_countsByItsLastUntrustedAddress(String header, String expected)
        throws Exception {
      assertThat(send(node, CREATE + "X-Forwarded-For: " + header + "\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(node.lastAddress()).isEqualTo(expected);

      issue(node, header);
      assertThat(node.lastAddress()).isEqualTo(expected);
    }

    @Test
    void forwarded_isNotRead() throws Exception {
      assertThat(send(node, CREATE + "Forwarded: for=203.0.113.7\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(node.lastAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void version1_namesTheClient() throws Exception {
      assertThat(send(node, "PROXY TCP4 203.0.113.8 127.0.0.1 4711 80\r\n" + CREATE + "\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(node.lastAddress()).isEqualTo("203.0.113.8");
      assertThat(send(node, "PROXY TCP6 2001:db8::8 ::1 4711 80\r\n" + CREATE + "\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(node.lastAddress()).isEqualTo("2001:db8:0:0:0:0:0:8");
    }

    @Test
    void version2_namesTheClient() throws Exception {
      assertThat(send(node, version2("21", "11", "000c", "cb007109" + "7f000001" + "12670050")))
          .startsWith("HTTP/1.1 200");
      assertThat(node.lastAddress()).isEqualTo("203.0.113.9");
    }

    /** What a proxy sends that looks whether the server lives. */
    @Test
    void connectionsOfTheProxyItself_areItsOwn() throws Exception {
      assertThat(send(node, version2("20", "00", "0000", ""))).startsWith("HTTP/1.1 200");
      assertThat(node.lastAddress()).isEqualTo("127.0.0.1");
      assertThat(send(node, "PROXY UNKNOWN\r\n" + CREATE + "\r\n")).startsWith("HTTP/1.1 200");
      assertThat(node.lastAddress()).isEqualTo("127.0.0.1");
      assertThat(send(node, CREATE + "\r\n")).startsWith("HTTP/1.1 200");
      assertThat(node.lastAddress()).isEqualTo("127.0.0.1");
    }

    /** A client that the proxy names is not trusted to name another. */
    @Test
    void headerBehindTheProtocol_countsOnlyOfAProxy() throws Exception {
      String header = "X-Forwarded-For: 198.51.100.1\r\n\r\n";
      assertThat(send(node, "PROXY TCP4 203.0.113.8 127.0.0.1 4711 80\r\n" + CREATE + header))
          .startsWith("HTTP/1.1 200");
      assertThat(node.lastAddress()).isEqualTo("203.0.113.8");
      assertThat(send(node, "PROXY TCP4 10.0.0.8 127.0.0.1 4711 80\r\n" + CREATE + header))
          .startsWith("HTTP/1.1 200");
      assertThat(node.lastAddress()).isEqualTo("198.51.100.1");
    }

    @Test
    void aQueryThatCannotBeDecoded_reachesTheContract() throws Exception {
      assertThat(
              send(
                  node,
                  "PROXY TCP4 203.0.113.8 127.0.0.1 4711 80\r\n"
                      + "GET /token?a=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 401");
    }

    private static String version2(String command, String family, String length, String addresses) {
      String header = "0d0a0d0a000d0a515549540a" + command + family + length + addresses;
      return new String(HexFormat.of().parseHex(header), StandardCharsets.ISO_8859_1)
          + CREATE
          + "\r\n";
    }
  }

  /** Everybody's word is their own, and the port speaks TLS. */
  @Nested
  class BehindNobodyHere {
    @TempDir static Path directory;
    private static TestAuthority authority;
    private static ExposedNode node;

    @BeforeAll
    static void start() throws Exception {
      authority = new TestAuthority("servers");
      Path certificate = directory.resolve("tls.crt");
      Path key = directory.resolve("tls.key");
      authority.issue().write(certificate, key);
      node =
          ExposedNode.start(
              directory,
              Map.of(
                  "proxy-protocol",
                  "true",
                  "trusted-proxies",
                  "10.0.0.0/8",
                  "tls.certificate",
                  certificate.toString(),
                  "tls.key",
                  key.toString()));
    }

    @AfterAll
    static void stop() {
      node.close();
    }

    @Test
    void whoIsNoProxy_namesNobody() throws Exception {
      assertThat(secured("", CREATE + "X-Forwarded-For: 203.0.113.7\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(node.lastAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void whoIsNoProxy_andSpeaksTheProtocol_isCutOff() throws Exception {
      assertThat(send(node, "PROXY TCP4 203.0.113.8 127.0.0.1 4711 80\r\n")).isEmpty();
      assertThat(send(node, "\r\n\r\n\0\r\nQUIT\n")).isEmpty();
    }

    private static String secured(String header, String request) throws Exception {
      SSLSocketFactory factory = authority.context().getSocketFactory();
      try (SSLSocket socket = (SSLSocket) factory.createSocket("127.0.0.1", node.port())) {
        return exchange(socket, header + request);
      }
    }
  }

  private static void issue(ExposedNode node, String forwarded) throws Exception {
    Metadata headers = new Metadata();
    headers.put(ascii("authorization"), "Bearer " + node.adminKey());
    headers.put(ascii("x-forwarded-for"), forwarded);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", node.port()).usePlaintext().build();
    try {
      TokenServiceGrpc.newBlockingStub(channel)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
          .issueToken(IssueTokenRequest.getDefaultInstance());
    } finally {
      channel.shutdownNow();
    }
  }

  private static Metadata.Key<String> ascii(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static String send(ExposedNode node, String bytes) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", node.port())) {
      return exchange(socket, bytes);
    }
  }

  /** All that is answered until the server closes the connection; nothing when it resets it. */
  private static String exchange(Socket socket, String bytes) throws IOException {
    socket.setSoTimeout(10_000);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().transferTo(answer);
    } catch (java.net.SocketException e) {
      // It was reset: what came before counts.
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }
}
