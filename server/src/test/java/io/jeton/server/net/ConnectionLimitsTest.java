package io.jeton.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jeton.server.testing.BesideOthers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients may not do with connections, shown on real ones. */
@BesideOthers
class ConnectionLimitsTest {
  private static final String REQUEST =
      "PUT /token HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";

  private static final int ENHANCE_YOUR_CALM = 11;

  @TempDir static Path directory;
  private static ExposedNode node;

  private final List<Socket> open = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    node =
        ExposedNode.start(
            directory,
            Map.of(
                "trusted-proxies", "127.0.0.9",
                "limits.connections", "12",
                "limits.connections-per-address", "4",
                "limits.idle-time", "2s",
                "limits.unanswered-time", "1s"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    await().until(() -> metric("jeton_connections_open ") == 0);
  }

  @Test
  void moreConnectionsOfAnAddress_areClosed_untilOthersEnd() throws Exception {
    double before = metric("jeton_connections_refused_total{reason=\"too_many_of_address\"}");
    for (int i = 0; i < 4; i++) {
      assertThat(isAnswered(connect("127.0.0.2"))).isTrue();
    }
    assertThat(isAnswered(connect("127.0.0.2"))).isFalse();
    assertThat(isAnswered(connect("127.0.0.3"))).isTrue();
    assertThat(metric("jeton_connections_refused_total{reason=\"too_many_of_address\"}"))
        .isEqualTo(before + 1);

    open.get(0).close();
    await().until(() -> isAnswered(connect("127.0.0.2")));
  }

  @Test
  void moreConnectionsOfAll_areClosed_andATrustedProxyHasNoLimitOfItsOwn() throws Exception {
    double before = metric("jeton_connections_refused_total{reason=\"too_many\"}");
    for (int i = 0; i < 12; i++) {
      assertThat(isAnswered(connect("127.0.0.9"))).isTrue();
    }
    assertThat(isAnswered(connect("127.0.0.9"))).isFalse();
    assertThat(isAnswered(connect("127.0.0.4"))).isFalse();
    assertThat(metric("jeton_connections_refused_total{reason=\"too_many\"}"))
        .isEqualTo(before + 2);
  }

  @Test
  void aRequestThatComesAByteAtATime_isCutOff() throws Exception {
    double before = metric("jeton_connections_refused_total{reason=\"unanswered\"}");
    Socket slow = connect("127.0.0.5");
    slow.setSoTimeout(100);
    assertThat(isCutOff(slow, REQUEST)).isTrue();
    assertThat(metric("jeton_connections_refused_total{reason=\"unanswered\"}"))
        .isEqualTo(before + 1);
  }

  @Test
  void aConnectionThatSaysNothing_isCutOff() throws Exception {
    Socket silent = connect("127.0.0.5");
    silent.setSoTimeout(10_000);
    assertThat(ends(silent.getInputStream())).isTrue();
  }

  /** HTTP/2: the beginning of a frame of headers, and then a byte of it at a time. */
  @Test
  void headersOfHttp2ThatComeAByteAtATime_areCutOff() throws Exception {
    Socket slow = connect("127.0.0.6");
    slow.setSoTimeout(100);
    slow.getOutputStream()
        .write(
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(isCutOff(slow, "\0\0\100\1\5\0\0\0\1" + "\0".repeat(60))).isTrue();
  }

  /** Its address is not known then: it is answered as the contract at the root would. */
  @Test
  void aLongFirstLine_andLongHeaders_areRefused() throws Exception {
    String longLine = "GET /token?" + "a".repeat(33 << 10) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    assertThat(statusLine(longLine)).isEqualTo("HTTP/1.1 400");
    String longHeader =
        "GET /token HTTP/1.1\r\nHost: a\r\nX-A: " + "a".repeat(65 << 10) + "\r\n\r\n";
    assertThat(statusLine(longHeader)).isEqualTo("HTTP/1.1 400");
    String fits = "GET /token?" + "a".repeat(31 << 10) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    assertThat(statusLine(fits)).isEqualTo("HTTP/1.1 401");
  }

  /** "Rapid reset", CVE-2023-44487. */
  @Test
  void streamsThatAreResetAgainAndAgain_endTheConnection() throws Exception {
    Socket socket = connect("127.0.0.8");
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frames.writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
    // GET http://a/token
    byte[] headers = {(byte) 0x82, (byte) 0x86, 4, 6, '/', 't', 'o', 'k', 'e', 'n', 1, 1, 'a'};
    for (int i = 0; i < 1000; i++) {
      byte[] stream = ByteBuffer.allocate(4).putInt(2 * i + 1).array();
      frames.writeBytes(new byte[] {0, 0, (byte) headers.length, 1, 5});
      frames.writeBytes(stream);
      frames.writeBytes(headers);
      frames.writeBytes(new byte[] {0, 0, 4, 3, 0});
      frames.writeBytes(stream);
      frames.writeBytes(new byte[] {0, 0, 0, 8});
    }
    try {
      socket.getOutputStream().write(frames.toByteArray());
    } catch (IOException e) {
      // It did not wait for all of them.
    }
    assertThat(goAway(new DataInputStream(socket.getInputStream()))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void anIdleConnection_isClosedOnlyAfterItsTime() throws Exception {
    Socket idle = connect("127.0.0.7");
    assertThat(isAnswered(idle)).isTrue();
    long answered = System.nanoTime();
    idle.setSoTimeout(10_000);
    assertThat(ends(idle.getInputStream())).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - answered))
        .isGreaterThan(Duration.ofMillis(1500));
  }

  private Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    open.add(socket);
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", node.port()));
    socket.setSoTimeout(10_000);
    return socket;
  }

  private String statusLine(String request) throws IOException {
    Socket socket = connect("127.0.0.8");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
  }

  /** The error code of the frame that ends a connection of HTTP/2. */
  private static int goAway(DataInputStream in) throws IOException {
    while (true) {
      int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      in.skipNBytes(5);
      byte[] payload = in.readNBytes(length);
      if (type == 7) {
        return ByteBuffer.wrap(payload).getInt(4);
      }
    }
  }

  private static boolean isAnswered(Socket socket) {
    try {
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      byte[] buffer = new byte[4096];
      int count = socket.getInputStream().read(buffer);
      return count > 12
          && new String(buffer, 0, 12, StandardCharsets.US_ASCII).equals("HTTP/1.1 401");
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends a byte whenever a tenth of a second has passed, and says whether that was ended. */
  private static boolean isCutOff(Socket socket, String bytes) {
    for (int i = 0; i < bytes.length() - 1; i++) {
      try {
        socket.getOutputStream().write(bytes.charAt(i));
        socket.getOutputStream().flush();
        if (ends(socket.getInputStream())) {
          return true;
        }
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }

  /** Whether the connection ends before its time-out. */
  private static boolean ends(InputStream in) {
    byte[] buffer = new byte[4096];
    try {
      int count = 0;
      while (count >= 0) {
        count = in.read(buffer);
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static double metric(String name) throws Exception {
    String body =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(node.opsUrl() + "/metrics")).build(),
                BodyHandlers.ofString())
            .body();
    return body.lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
