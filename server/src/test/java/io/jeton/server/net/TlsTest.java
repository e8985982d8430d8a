package io.jeton.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.bridge.remote.CoreTls;
import io.jeton.client.IssueSpec;
import io.jeton.client.JetonClient;
import io.jeton.client.JetonException;
import io.jeton.server.BridgeNode;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.domain.Secret;
import io.jeton.server.testing.TestAuthority;
import io.jeton.server.testing.TestAuthority.Leaf;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node whose ports speak TLS, and ask clients for certificates. */
class TlsTest {
  @TempDir static Path directory;
  private static TestAuthority authority;
  private static TestAuthority clients;
  private static Leaf client;
  private static Path clientCertificate;
  private static Path clientKey;
  private static Path ca;
  private static ExposedNode node;

  @BeforeAll
  static void start() throws Exception {
    authority = new TestAuthority("servers");
    clients = new TestAuthority("clients");
    ca = authority.write(directory.resolve("ca.crt"));
    Path certificate = directory.resolve("tls.crt");
    Path key = directory.resolve("tls.key");
    authority.issue().write(certificate, key);
    client = clients.issue();
    clientCertificate = directory.resolve("client.crt");
    clientKey = directory.resolve("client.key");
    client.write(clientCertificate, clientKey);
    node =
        ExposedNode.start(
            directory,
            Map.of(
                "tls.certificate", certificate.toString(),
                "tls.key", key.toString(),
                "tls.client-ca", clients.write(directory.resolve("clients.crt")).toString(),
                "tls.client-auth", "required",
                "ops.tls", "true"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void grpc_isAnsweredToWhoShowsACertificate_andToNobodyElse() throws Exception {
    assertThat(node.url()).startsWith("https://127.0.0.1:");
    try (JetonClient shown =
        JetonClient.builder()
            .server(node.url())
            .key(node.adminKey())
            .ca(ca)
            .certificate(clientCertificate, clientKey)
            .build()) {
      var issued = shown.tokens().issue(IssueSpec.builder().subject("alice").build());
      assertThat(shown.tokens().verify(issued.secret()).active()).isTrue();
    }
    try (JetonClient without =
            JetonClient.builder().server(node.url()).key(node.adminKey()).ca(ca).build();
        JetonClient doubting =
            JetonClient.builder().server(node.url()).key(node.adminKey()).build()) {
      assertThatThrownBy(without::isServing).isInstanceOf(JetonException.class);
      assertThatThrownBy(doubting::isServing)
          .isInstanceOf(JetonException.class)
          .hasMessageContaining("TLS: ");
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void contractsAndOps_areAnsweredInBothVersionsOfHttp(Version version) throws Exception {
    HttpClient http = http(version, authority.context(client));
    HttpResponse<String> created =
        http.send(
            HttpRequest.newBuilder(URI.create(node.url() + "/token"))
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    assertThat(created.version()).isEqualTo(version);

    HttpResponse<String> metrics =
        http.send(
            HttpRequest.newBuilder(URI.create(node.opsUrl() + "/metrics")).build(),
            BodyHandlers.ofString());
    assertThat(node.opsUrl()).startsWith("https://");
    assertThat(metrics.body())
        .contains("jeton_tls_certificate_expires_seconds ")
        .contains("jeton_tls_reload_failures_total 0.0")
        .contains("jeton_connections_open ");
  }

  @Test
  void withoutACertificateOrTls_nothingIsAnswered() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/token")).build();
    HttpClient without = http(Version.HTTP_1_1, authority.context());
    assertThatThrownBy(() -> without.send(request, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
    HttpClient stranger =
        http(Version.HTTP_1_1, authority.context(new TestAuthority("clients").issue()));
    assertThatThrownBy(() -> stranger.send(request, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
    try (Socket clear = new Socket("127.0.0.1", node.port())) {
      clear.setSoTimeout(10_000);
      clear
          .getOutputStream()
          .write("GET /token HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = clear.getInputStream().readNBytes(9);
      assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotStartWith("HTTP/");
    }
  }

  @Test
  void tls12And13_areSpoken() throws Exception {
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      try (SSLSocket socket = socket(protocol)) {
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
      }
    }
  }

  /** What the contract says of it, as without TLS. */
  @Test
  void aQueryThatCannotBeDecoded_reachesTheContract() throws Exception {
    try (SSLSocket socket = socket("TLSv1.3")) {
      socket
          .getOutputStream()
          .write(
              "GET /token?a=%zz HTTP/1.1\r\nHost: a\r\nAuthorization: Token x\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
    }
  }

  @Test
  void aBridge_callsItsCoreOverTls() throws Exception {
    try (BridgeNode bridge =
        BridgeNode.start(
            ConfigReader.read(Optional.empty(), Map.of(), Map.of("port", "0")),
            URI.create(node.url()),
            Secret.of(node.adminKey()),
            new CoreTls(
                ClientFiles.certificates(Optional.of(new PemFile("--core-ca", ca))),
                Optional.of(client.keys().getPrivate()),
                List.of(client.certificate())),
            Map.of(),
            InstantSource.system())) {
      HttpResponse<String> created =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(
                  HttpRequest.newBuilder(URI.create(bridge.url() + "/token"))
                      .POST(BodyPublishers.noBody())
                      .build(),
                  BodyHandlers.ofString());
      assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    }
  }

  private static SSLSocket socket(String protocol) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            authority.context(client).getSocketFactory().createSocket("127.0.0.1", node.port());
    socket.setSoTimeout(10_000);
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  private static HttpClient http(Version version, SSLContext context) {
    return HttpClient.newBuilder().version(version).sslContext(context).build();
  }
}
