package io.jeton.server.testing;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.jeton.server.Node;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.storage.embedded.TestDatabases;
import io.jeton.v1.AccountServiceGrpc;
import io.jeton.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import io.jeton.v1.ApplicationServiceGrpc;
import io.jeton.v1.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import io.jeton.v1.CallerServiceGrpc;
import io.jeton.v1.CallerServiceGrpc.CallerServiceBlockingStub;
import io.jeton.v1.KeyServiceGrpc;
import io.jeton.v1.KeyServiceGrpc.KeyServiceBlockingStub;
import io.jeton.v1.ModuleServiceGrpc;
import io.jeton.v1.ModuleServiceGrpc.ModuleServiceBlockingStub;
import io.jeton.v1.SessionServiceGrpc;
import io.jeton.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import io.jeton.v1.TokenServiceGrpc;
import io.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real node on a real embedded database, at a port of its own, shared by all test classes that
 * register this. Tests keep apart by the subjects and codes they use. Its clock moves only when a
 * test moves it, and only forwards.
 */
public final class NodeExtension implements BeforeAllCallback {
  private Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(Namespace.create(NodeExtension.class))
            .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
  }

  /** Tokens, as the administrator. */
  public TokenServiceBlockingStub tokens() {
    return tokens(adminKey());
  }

  /** Tokens, with this service key. */
  public TokenServiceBlockingStub tokens(String key) {
    return TokenServiceGrpc.newBlockingStub(running.channel).withInterceptors(bearer(key));
  }

  /** Callers, as the administrator. */
  public CallerServiceBlockingStub callers() {
    return callers(adminKey());
  }

  public CallerServiceBlockingStub callers(String key) {
    return CallerServiceGrpc.newBlockingStub(running.channel).withInterceptors(bearer(key));
  }

  /** Signing keys, as the administrator. */
  public KeyServiceBlockingStub keys() {
    return keys(adminKey());
  }

  public KeyServiceBlockingStub keys(String key) {
    return KeyServiceGrpc.newBlockingStub(running.channel).withInterceptors(bearer(key));
  }

  /** Sessions, as the administrator. */
  public SessionServiceBlockingStub sessions() {
    return sessions(adminKey());
  }

  public SessionServiceBlockingStub sessions(String key) {
    return SessionServiceGrpc.newBlockingStub(running.channel).withInterceptors(bearer(key));
  }

  public String url() {
    return running.node.url();
  }

  /** Accounts, as the administrator. */
  public AccountServiceBlockingStub accounts() {
    return accounts(adminKey());
  }

  public AccountServiceBlockingStub accounts(String key) {
    return AccountServiceGrpc.newBlockingStub(running.channel).withInterceptors(bearer(key));
  }

  /** Modules, as the administrator. */
  public ModuleServiceBlockingStub modules() {
    return modules(adminKey());
  }

  public ModuleServiceBlockingStub modules(String key) {
    return ModuleServiceGrpc.newBlockingStub(running.channel).withInterceptors(bearer(key));
  }

  /** Registered applications, as the administrator. */
  public ApplicationServiceBlockingStub applications() {
    return applications(adminKey());
  }

  public ApplicationServiceBlockingStub applications(String key) {
    return ApplicationServiceGrpc.newBlockingStub(running.channel).withInterceptors(bearer(key));
  }

  /** The bare connection, without a key. */
  public ManagedChannel channel() {
    return running.channel;
  }

  public String adminKey() {
    try {
      return Files.readString(dataDirectory().resolve("admin.key")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path dataDirectory() {
    return running.directory;
  }

  public String opsUrl() {
    return running.node.opsUrl();
  }

  public SettableClock clock() {
    return running.clock;
  }

  /** A new connection to the node's database; the caller closes it. */
  public Connection connect() throws SQLException, IOException {
    Properties client = new Properties();
    try (InputStream in = Files.newInputStream(dataDirectory().resolve("database/client.cnf"))) {
      client.load(in);
    }
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + client.getProperty("port") + "/jeton",
        client.getProperty("user"),
        client.getProperty("password"));
  }

  private static io.grpc.ClientInterceptor bearer(String key) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private record Running(Node node, ManagedChannel channel, Path directory, SettableClock clock)
      implements AutoCloseable {
    static Running start() {
      try {
        Path directory = Files.createTempDirectory("jeton-test-node-");
        SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
        Map<String, String> settings =
            Map.of(
                "data-dir",
                directory.toString(),
                "port",
                "0",
                "realms",
                "default,other,third",
                "embedded.binary",
                TestDatabases.installed().map(Path::toString).orElse(""));
        Node node =
            Node.start(
                ConfigReader.read(Optional.empty(), Map.of(), settings),
                Path.of(System.getProperty("jeton.home")),
                Map.of(),
                clock);
        URI url = URI.create(node.url());
        ManagedChannel channel =
            NettyChannelBuilder.forAddress(url.getHost(), url.getPort())
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
        return new Running(node, channel, directory, clock);
      } catch (Exception e) {
        throw new IllegalStateException("the tests' node did not start", e);
      }
    }

    @Override
    public void close() throws IOException {
      channel.shutdownNow();
      node.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
