package io.jeton.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.jeton.server.watch.Refusals;
import io.jeton.v1.AccountRef;
import io.jeton.v1.AccountServiceGrpc;
import io.jeton.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.TokenServiceGrpc;
import io.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.jeton.v1.VerifyTokenRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The lines that calls leave in the log, behind a proxy. */
class LoggedCallsTest {
  private static final VerifyTokenRequest ANY =
      VerifyTokenRequest.newBuilder().setToken("jt_x").build();

  @TempDir static Path directory;
  private static ExposedNode node;

  private final Logger logger = (Logger) LoggerFactory.getLogger("jeton.access");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeAll
  static void start() throws Exception {
    node =
        ExposedNode.start(
            directory,
            Map.of(
                "log.access", "all",
                "logins.failures-per-account", "1",
                "trusted-proxies", "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void eachRequest_hasOneLine_withItsClient() throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", node.port()).usePlaintext().build();
    try {
      TokenServiceBlockingStub known = tokens(channel, node.adminKey());
      var unused = known.verifyToken(ANY);
      assertThat(next()).contains("grpc", "TokenService/VerifyToken", "OK", "admin", "203.0.113.7");
      unused = known.withCompression("gzip").verifyToken(ANY);
      assertThat(next()).contains("grpc", "TokenService/VerifyToken", "OK", "admin", "203.0.113.7");
      assertThat(catchThrowable(() -> tokens(channel, "jt_svc_nobodys").verifyToken(ANY)))
          .isNotNull();
      assertThat(next())
          .contains("TokenService/VerifyToken", "UNAUTHENTICATED", "203.0.113.7")
          .doesNotContain("caller");
      VerifyTokenRequest large =
          VerifyTokenRequest.newBuilder().setToken("x".repeat(6 << 20)).build();
      assertThat(catchThrowable(() -> known.verifyToken(large))).isNotNull();
      assertThat(next()).contains("TokenService/VerifyToken", "RESOURCE_EXHAUSTED", "admin");
      var state =
          HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.newBuilder().build());
      assertThat(state).isNotNull();
      assertThat(next()).contains("grpc", "grpc.health.v1.Health/Check", "OK", "127.0.0.1");
    } finally {
      channel.shutdownNow();
    }
    get(node.url() + "/.well-known/jwks.json?realm=secret");
    assertThat(next()).contains("jwks", "GET", "200", "203.0.113.8").doesNotContain("secret");
    get(node.url() + "/token?token=secret");
    assertThat(next()).contains("chatot", "GET", "203.0.113.8").doesNotContain("secret");
  }

  /** Whether they came by gRPC or a legacy API. */
  @Test
  void whatAnOperatorCanMend_isOneLine_ofAllPorts() throws Exception {
    Logger refusals = (Logger) LoggerFactory.getLogger(Refusals.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    refusals.addAppender(lines);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", node.port()).usePlaintext().build();
    try {
      AccountServiceBlockingStub accounts =
          AccountServiceGrpc.newBlockingStub(channel).withInterceptors(key(node.adminKey()));
      CheckPasswordRequest wrong =
          CheckPasswordRequest.newBuilder()
              .setAccount(AccountRef.newBuilder().setLogin("nobody"))
              .setPassword("wrong")
              .build();
      await().until(() -> catchThrowable(() -> accounts.checkPassword(wrong)) != null);
      assertThat(lines.list).hasSize(1);
      double before = throttled();
      await()
          .until(
              () -> {
                login(node.url() + "/token");
                return throttled() > before;
              });
      assertThat(lines.list).hasSize(1);
    } finally {
      channel.shutdownNow();
      refusals.detachAppender(lines);
    }
  }

  /** The line of the request that was answered last; it may be written after the answer. */
  private String next() {
    await().until(() -> !log.list.isEmpty());
    List<ILoggingEvent> lines = List.copyOf(log.list);
    log.list.clear();
    assertThat(lines).hasSize(1);
    return lines.get(0).getKeyValuePairs().toString();
  }

  private static TokenServiceBlockingStub tokens(ManagedChannel channel, String key) {
    return TokenServiceGrpc.newBlockingStub(channel).withInterceptors(key(key));
  }

  private static ClientInterceptor key(String key) {
    Metadata headers = new Metadata();
    headers.put(header("authorization"), "Bearer " + key);
    headers.put(header("x-forwarded-for"), "203.0.113.7");
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static double throttled() throws Exception {
    String name = "jeton_refusals_total{reason=\"LOGINS_THROTTLED\"} ";
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(node.opsUrl() + "/metrics")).build(),
            BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }

  private static void login(String url) throws Exception {
    var unused =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(url))
                    .header("x-forwarded-for", "203.0.113.7")
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString("{\"login\":\"nobody\",\"password\":\"wrong\"}"))
                    .build(),
                BodyHandlers.discarding());
  }

  private static void get(String url) throws Exception {
    var unused =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(url))
                    .header("x-forwarded-for", "203.0.113.8")
                    .build(),
                BodyHandlers.discarding());
  }
}
