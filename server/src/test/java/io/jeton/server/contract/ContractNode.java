package io.jeton.server.contract;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.jeton.server.Node;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.testing.SettableClock;
import io.jeton.v1.AccountServiceGrpc;
import io.jeton.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import io.jeton.v1.ApplicationServiceGrpc;
import io.jeton.v1.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.ModuleServiceGrpc;
import io.jeton.v1.ModuleServiceGrpc.ModuleServiceBlockingStub;
import io.jeton.v1.SessionServiceGrpc;
import io.jeton.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import io.jeton.v1.TokenServiceGrpc;
import io.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A real node of its own, with the contracts mounted, on a real embedded database and a clock that
 * the test moves. Blocks; closing it ends everything.
 */
final class ContractNode implements AutoCloseable {
  static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

  private final Path directory;
  private final SettableClock clock;
  private final Node node;
  private final ManagedChannel channel;

  private ContractNode(Path directory, SettableClock clock, Node node) {
    this.directory = directory;
    this.clock = clock;
    this.node = node;
    URI url = URI.create(node.url());
    this.channel =
        NettyChannelBuilder.forAddress(url.getHost(), url.getPort())
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
  }

  /**
   * Starts one.
   *
   * @param directory an empty folder
   * @param yaml the configuration file's text
   * @param settings what goes over it
   */
  static ContractNode start(Path directory, String yaml, Map<String, String> settings)
      throws Exception {
    Path file = Files.writeString(directory.resolve("jeton.yaml"), yaml);
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("data-dir", directory.resolve("data").toString());
    all.put("port", "0");
    SettableClock clock = new SettableClock(START);
    Node node =
        Node.start(
            ConfigReader.read(Optional.of(file), Map.of(), all),
            Path.of(System.getProperty("jeton.home")),
            Map.of(),
            clock);
    return new ContractNode(Path.of(all.get("data-dir")), clock, node);
  }

  String url() {
    return node.url();
  }

  String opsUrl() {
    return node.opsUrl();
  }

  SettableClock clock() {
    return clock;
  }

  Path directory() {
    return directory;
  }

  TokenServiceBlockingStub tokens() throws IOException {
    return TokenServiceGrpc.newBlockingStub(channel).withInterceptors(administrator());
  }

  AccountServiceBlockingStub accounts() throws IOException {
    return AccountServiceGrpc.newBlockingStub(channel).withInterceptors(administrator());
  }

  SessionServiceBlockingStub sessions() throws IOException {
    return SessionServiceGrpc.newBlockingStub(channel).withInterceptors(administrator());
  }

  ModuleServiceBlockingStub modules() throws IOException {
    return ModuleServiceGrpc.newBlockingStub(channel).withInterceptors(administrator());
  }

  ApplicationServiceBlockingStub applications() throws IOException {
    return ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(administrator());
  }

  /** Adds an account with a password, and answers its id. */
  String account(String name, String password) throws IOException {
    return accounts()
        .createAccount(
            CreateAccountRequest.newBuilder().setName(name).setPassword(password).build())
        .getAccount()
        .getId();
  }

  /** A number that a question to the embedded database answers. */
  long count(String sql) throws IOException, SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Every column of every table of the embedded database, byte for byte. */
  String dump() throws IOException, SQLException {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("SHOW TABLES")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              byte[] value = rows.getBytes(i);
              dump.append(value == null ? "" : new String(value, StandardCharsets.ISO_8859_1))
                  .append('\n');
            }
          }
        }
      }
    }
    return dump.toString();
  }

  /** A connection to the embedded database. */
  Connection connect() throws IOException, SQLException {
    Properties client = new Properties();
    try (var in = Files.newInputStream(directory.resolve("database/client.cnf"))) {
      client.load(in);
    }
    String url = "jdbc:mysql://127.0.0.1:" + client.getProperty("port") + "/jeton";
    return DriverManager.getConnection(
        url, client.getProperty("user"), client.getProperty("password"));
  }

  private io.grpc.ClientInterceptor administrator() throws IOException {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + Files.readString(directory.resolve("admin.key")).strip());
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    node.close();
  }
}
