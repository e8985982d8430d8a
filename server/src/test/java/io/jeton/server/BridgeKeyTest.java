package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.bridge.Contract;
import io.jeton.bridge.Instances;
import io.jeton.bridge.remote.GrpcCore;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.domain.Secret;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.Grant;
import io.jeton.v1.Permission;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The grants that {@code jeton bridge --help} advises for its key, no more and no fewer. */
class BridgeKeyTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final Set<Permission> ADVISED =
      EnumSet.of(
          Permission.PERMISSION_ISSUE,
          Permission.PERMISSION_VERIFY,
          Permission.PERMISSION_REVOKE,
          Permission.PERMISSION_LOGIN);
  private static final String THINKSNS = "thinksns";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path directory;

  @Test
  void advisedGrants_sufficeForBothContracts() throws Exception {
    String key = key(ADVISED, List.of(THINKSNS));

    assertThat(statuses(key)).containsExactly(200, 200, 200, 200, 200, 200, 200, 201);
    prepare(key);
  }

  @ParameterizedTest
  @EnumSource(
      value = Permission.class,
      names = {"PERMISSION_ISSUE", "PERMISSION_VERIFY", "PERMISSION_REVOKE", "PERMISSION_LOGIN"})
  void withoutOneOfThem_aContractFails(Permission missing) throws Exception {
    Set<Permission> fewer = EnumSet.copyOf(ADVISED);
    fewer.remove(missing);

    assertThat(statuses(key(fewer, List.of(THINKSNS)))).contains(503);
  }

  @Test
  void withoutTheSigningKey_thinksnsFails_andIsNeverPrepared() throws Exception {
    String key = key(ADVISED, List.of("another"));

    assertThat(statuses(key)).contains(503);
    assertThatThrownBy(() -> prepare(key)).isInstanceOf(TimeoutException.class);
  }

  /** Every endpoint that reaches the core, in an order in which each can succeed. */
  private List<Integer> statuses(String key) throws Exception {
    String login = "u" + UUID.randomUUID().toString().replace("-", "");
    node.accounts()
        .createAccount(
            CreateAccountRequest.newBuilder().setName(login).setPassword("password").build());
    String json = "{\"login\":\"" + login + "\",\"password\":\"password\"}";
    Path file = Files.writeString(directory.resolve("jeton.yaml"), "contracts:\n");
    List<Integer> statuses = new ArrayList<>();
    try (BridgeNode bridge =
        BridgeNode.start(
            ConfigReader.read(Optional.of(file), Map.of(), Map.of("port", "0")),
            URI.create(node.url()),
            Secret.of(key),
            Map.of(),
            node.clock())) {
      String chatot = bridge.url() + "/token";
      HttpResponse<String> anonymous = send(statuses, "POST", chatot, "", "");
      send(statuses, "GET", chatot, "Token " + field(anonymous, "value"), "");
      send(statuses, "PUT", chatot, "Token " + field(anonymous, "refresh"), "");
      send(statuses, "POST", chatot, "", json);

      String auth = bridge.url() + "/api/v2/auth/";
      HttpResponse<String> jwt = send(statuses, "POST", auth + "login", "", json);
      HttpResponse<String> next =
          send(statuses, "POST", auth + "refresh", "Bearer " + field(jwt, "access_token"), "");
      send(statuses, "POST", auth + "logout", "Bearer " + field(next, "access_token"), "");
      send(statuses, "POST", bridge.url() + "/api/v2/tokens", "", json);
    }
    return statuses;
  }

  private HttpResponse<String> send(
      List<Integer> statuses, String method, String url, String authorization, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    statuses.add(response.statusCode());
    return response;
  }

  /** What an answer says; of a refusal something that is no token. */
  private static String field(HttpResponse<String> response, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(response.body());
    return matcher.find() ? matcher.group(1) : "none";
  }

  private static void prepare(String key) throws Exception {
    try (GrpcCore core = new GrpcCore(URI.create(node.url()), key)) {
      Contract contract =
          Instances.of(
                  List.of(
                      Map.of("contract", THINKSNS, "accept-foreign-until", "2020-01-01T00:00:00Z")),
                  reference -> reference)
              .mount(core, node.clock())
              .get(0)
              .contract();
      CompletableFuture<Void> prepared = contract.prepare();
      try {
        prepared.get(3, TimeUnit.SECONDS);
      } finally {
        prepared.cancel(false);
      }
    }
  }

  private static String key(Set<Permission> permissions, List<String> signKeys) {
    return node.callers()
        .createCaller(
            CreateCallerRequest.newBuilder()
                .setName("bridge-" + UUID.randomUUID())
                .addGrants(
                    Grant.newBuilder()
                        .setRealm("default")
                        .addAllPermissions(permissions)
                        .addAllSignKeys(signKeys))
                .build())
        .getKey();
  }
}
