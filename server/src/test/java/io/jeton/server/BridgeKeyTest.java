package io.jeton.server;

import static io.jeton.v1.Permission.PERMISSION_ISSUE;
import static io.jeton.v1.Permission.PERMISSION_LIST;
import static io.jeton.v1.Permission.PERMISSION_LOGIN;
import static io.jeton.v1.Permission.PERMISSION_REVEAL;
import static io.jeton.v1.Permission.PERMISSION_REVOKE;
import static io.jeton.v1.Permission.PERMISSION_VERIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.bridge.Contract;
import io.jeton.bridge.Instances;
import io.jeton.bridge.remote.CoreTls;
import io.jeton.bridge.remote.GrpcCore;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.domain.Secret;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.Grant;
import io.jeton.v1.Permission;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

/** The grants that {@code jeton bridge --help} advises for its key, no more and no fewer. */
class BridgeKeyTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final Map<String, Set<Permission>> ADVISED =
      new TreeMap<>(
          Map.of(
              "animeloop",
              EnumSet.of(
                  PERMISSION_ISSUE,
                  PERMISSION_VERIFY,
                  PERMISSION_REVOKE,
                  PERMISSION_LIST,
                  PERMISSION_REVEAL),
              "chatot",
              EnumSet.of(PERMISSION_ISSUE, PERMISSION_VERIFY, PERMISSION_LOGIN),
              "lanying",
              EnumSet.of(PERMISSION_ISSUE, PERMISSION_VERIFY, PERMISSION_LOGIN, PERMISSION_REVEAL),
              "liveget",
              EnumSet.of(PERMISSION_ISSUE, PERMISSION_VERIFY, PERMISSION_REVOKE, PERMISSION_LIST),
              "thinksns",
              EnumSet.of(
                  PERMISSION_ISSUE, PERMISSION_VERIFY, PERMISSION_REVOKE, PERMISSION_LOGIN)));
  private static final Set<String> SIGNING = Set.of("animeloop", "lanying", "thinksns");
  private static final String THINKSNS = "thinksns";

  @TempDir Path directory;

  @Test
  void help_advisesThem() throws Exception {
    String help =
        String.join(
            "\n",
            Class.forName("io.jeton.server.cli.BridgeCommand")
                .getAnnotation(Command.class)
                .footer());

    ADVISED.forEach((contract, permissions) -> assertThat(help).contains(line(contract)));
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void advisedGrants_suffice(String contract) throws Exception {
    List<String> answers = answers(contract, key(ADVISED.get(contract), List.of(contract)));

    assertThat(answers).hasSizeGreaterThan(2).noneMatch(BridgeKeyTest::isOutage);
    assertThat(answers).allMatch(answer -> answer.matches("20[01] (?s).*"));
    assertThat(answers)
        .noneMatch(answer -> answer.matches("(?s).*\"code\": ?(110|10\\d+|19\\d+).*"));
  }

  @ParameterizedTest
  @MethodSource("advised")
  void withoutOneOfThem_theContractFails(String contract, Permission missing) throws Exception {
    Set<Permission> fewer = EnumSet.copyOf(ADVISED.get(contract));
    fewer.remove(missing);

    assertThat(answers(contract, key(fewer, List.of(contract)))).anyMatch(BridgeKeyTest::isOutage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"animeloop", "lanying", THINKSNS})
  void withoutTheSigningKey_theContractFails(String contract) throws Exception {
    String key = key(ADVISED.get(contract), List.of("another"));

    assertThat(answers(contract, key)).anyMatch(BridgeKeyTest::isOutage);
  }

  @Test
  void signingKey_isWhatPreparesThinksns() throws Exception {
    prepare(key(ADVISED.get(THINKSNS), List.of(THINKSNS)));
    String another = key(ADVISED.get(THINKSNS), List.of("another"));

    assertThatThrownBy(() -> prepare(another)).isInstanceOf(TimeoutException.class);
  }

  private static Stream<String> contracts() {
    return ADVISED.keySet().stream();
  }

  private static Stream<Arguments> advised() {
    return ADVISED.entrySet().stream()
        .flatMap(
            each ->
                each.getValue().stream()
                    .map(permission -> Arguments.of(each.getKey(), permission)));
  }

  /** What the help says of a contract: its name and the permissions, in the order of the enum. */
  private static String line(String contract) {
    String permissions =
        ADVISED.get(contract).stream()
            .map(each -> each.name().replace("PERMISSION_", "").toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(","));
    return "# "
        + contract
        + ": "
        + permissions
        + (SIGNING.contains(contract) ? ",sign=" + contract : "");
  }

  private static boolean isOutage(String answer) {
    return answer.startsWith("503 ") || answer.contains("\"code\":1950301");
  }

  private List<String> answers(String contract, String key) throws Exception {
    String settings =
        switch (contract) {
          case "animeloop" -> ", session-secrets: [" + BridgeCalls.SESSION_SECRET + "]";
          case "liveget" -> ", password-sha256: " + BridgeCalls.PASSWORD_SHA256;
          default -> "";
        };
    Path file =
        Files.writeString(
            directory.resolve("jeton.yaml"),
            "contracts:\n  - {contract: " + contract + settings + "}\n");
    try (BridgeNode bridge =
        BridgeNode.start(
            ConfigReader.read(Optional.of(file), Map.of(), Map.of("port", "0")),
            URI.create(node.url()),
            Secret.of(key),
            CoreTls.none(),
            Map.of(),
            node.clock())) {
      return BridgeCalls.answers(contract, node, bridge.url());
    }
  }

  private static void prepare(String key) throws Exception {
    try (GrpcCore core = new GrpcCore(URI.create(node.url()), key, CoreTls.none())) {
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
