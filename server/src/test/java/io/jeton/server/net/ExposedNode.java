package io.jeton.server.net;

import io.jeton.server.Node;
import io.jeton.server.config.ConfigReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A real node of its own with settings of how it faces the network. Blocks. */
final class ExposedNode implements AutoCloseable {
  private final Node node;
  private final Path data;

  private ExposedNode(Node node, Path data) {
    this.node = node;
    this.data = data;
  }

  /**
   * Starts one.
   *
   * @param directory an empty folder
   */
  static ExposedNode start(Path directory, Map<String, String> settings) throws Exception {
    Path data = directory.resolve("data");
    Path file =
        Files.writeString(
            directory.resolve("jeton.yaml"),
            """
            contracts:
              - {contract: chatot}
              - {contract: liveget}
            """);
    Map<String, String> all = new HashMap<>(settings);
    all.put("data-dir", data.toString());
    all.put("port", "0");
    return new ExposedNode(
        Node.start(
            ConfigReader.read(Optional.of(file), Map.of(), all),
            Path.of(System.getProperty("jeton.home")),
            Map.of(),
            InstantSource.system()),
        data);
  }

  String url() {
    return node.url();
  }

  int port() {
    return URI.create(url()).getPort();
  }

  String opsUrl() {
    return node.opsUrl();
  }

  String adminKey() throws IOException {
    return Files.readString(data.resolve("admin.key")).strip();
  }

  /** From where the newest change came, as the audit table has it. */
  String lastAddress() throws Exception {
    Properties client = new Properties();
    try (InputStream in = Files.newInputStream(data.resolve("database/client.cnf"))) {
      client.load(in);
    }
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + client.getProperty("port") + "/jeton",
                client.getProperty("user"),
                client.getProperty("password"));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT address FROM audit ORDER BY audit_id DESC LIMIT 1")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
