package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jeton.bridge.remote.CoreTls;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.domain.Secret;
import io.jeton.server.testing.Cable;
import io.jeton.server.testing.NodeExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A bridge in front of a real node. */
class BridgeNodeTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path directory;

  @Test
  void contracts_areAnsweredFromTheNode_andAreOutWhileItIs() throws Exception {
    try (Cable cable = new Cable(URI.create(node.url()).getPort());
        BridgeNode bridge =
            BridgeNode.start(
                config("contracts:"),
                URI.create("http://127.0.0.1:" + cable.port()),
                Secret.of(node.adminKey()),
                CoreTls.none(),
                Map.of(),
                node.clock())) {
      await().until(() -> get(bridge.opsUrl() + "/health/ready").statusCode() == 200);
      HttpResponse<String> created = create(bridge);
      assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
      assertThat(created.body()).matches("\\{\"value\":\"[0-9a-f]{32}\",.*");

      cable.pull(true);
      assertThat(create(bridge).statusCode()).isEqualTo(503);
      await().until(() -> get(bridge.opsUrl() + "/health/ready").statusCode() == 503);
      assertThat(get(bridge.opsUrl() + "/metrics").body())
          .contains("jeton_bridge_core_seconds_count{call=\"IssueToken\",outcome=\"OK\"}")
          .contains("outcome=\"STORE_UNAVAILABLE\"");

      cable.pull(false);
      await().until(() -> create(bridge).statusCode() == 200);
    }
  }

  @Test
  void wrongSettings_refuseTheStart() throws Exception {
    JetonConfig wrong = config("contracts: [{contract: chatot, lifetime: 2x}]");
    assertThatThrownBy(
            () ->
                BridgeNode.start(
                    wrong,
                    URI.create(node.url()),
                    Secret.of(node.adminKey()),
                    CoreTls.none(),
                    Map.of(),
                    node.clock()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("contracts[0].lifetime: 2x (expected: ");
    JetonConfig unknown = config("contracts: [{contract: chatot, lifetme: 2h}]");
    assertThatThrownBy(
            () ->
                BridgeNode.start(
                    unknown,
                    URI.create(node.url()),
                    Secret.of(node.adminKey()),
                    CoreTls.none(),
                    Map.of(),
                    node.clock()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("contracts[0].lifetme: ");
  }

  private JetonConfig config(String yaml) throws Exception {
    Path file = Files.writeString(directory.resolve("jeton.yaml"), yaml + "\n");
    return ConfigReader.read(Optional.of(file), Map.of(), Map.of("port", "0"));
  }

  private HttpResponse<String> create(BridgeNode bridge) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(bridge.url() + "/token"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String url) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
