package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 32 machines verify one unbound licence code of liveget at once, round after round: one of them is
 * bound, and stays so.
 */
class MachinesAtOnceTest {
  private static final int MACHINES = 32;
  private static final int ROUNDS = Integer.getInteger("jeton.test.machine-rounds", 50);
  private static final int FEW_ROUNDS = 10;

  @TempDir static Path directory;
  private static ContractNode node;
  private static LegacyClients clients;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws Exception {
    node = ContractNode.start(directory, LegacyClients.CONTRACTS, Map.of());
    clients = new LegacyClients(node);
    clients.addModule("demo");
    clients.addModule("other");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void unboundCode_isBoundToOneMachine_andStaysSo() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String code = "race" + round;
      assertThat(clients.create(code, "demo", "10001")).isEqualTo("token_info");

      int winner = winner(race(code, "demo"));

      assertThat(clients.verify(code, "m" + winner, "demo")).isEqualTo("token_verified");
      assertThat(clients.verify(code, "m" + (winner + 1) % MACHINES, "demo"))
          .isEqualTo("token_machine_error");
    }
    assertThat(node.count("SELECT COUNT(*) FROM audit WHERE action = 'BindToken'"))
        .isGreaterThanOrEqualTo(ROUNDS);
    assertThat(
            node.count("SELECT COUNT(*) FROM token WHERE live = 1 AND COALESCE(machine, '') = ''"))
        .isZero();
  }

  @Test
  void sameCodeInTwoModules_isBoundInEachByItself() throws Exception {
    for (int round = 0; round < FEW_ROUNDS; round++) {
      String code = "same" + round;
      assertThat(clients.create(code, "demo", "10001")).isEqualTo("token_info");
      assertThat(clients.create(code, "other", "10002")).isEqualTo("token_info");

      List<CompletableFuture<HttpResponse<String>>> demo = race(code, "demo");
      List<CompletableFuture<HttpResponse<String>>> other = race(code, "other");
      int winner = winner(demo);
      int otherWinner = winner(other);

      assertThat(clients.delete(code, "demo")).isEqualTo("token_delete");
      assertThat(clients.verify(code, "m" + winner, "demo")).isEqualTo("token_not_found");
      assertThat(clients.verify(code, "m" + otherWinner, "other")).isEqualTo("token_verified");
    }
  }

  @Test
  void deletedCode_isUnboundWhenItIsCreatedAgain() throws Exception {
    for (int round = 0; round < FEW_ROUNDS; round++) {
      assertThat(clients.create("again", "demo", "10001")).isEqualTo("token_info");
      assertThat(clients.create("again", "demo", "10001")).isEqualTo("token_existed");
      int winner = winner(race("again", "demo"));

      assertThat(clients.delete("again", "demo")).isEqualTo("token_delete");
      assertThat(clients.verify("again", "m" + winner, "demo")).isEqualTo("token_not_found");
    }
  }

  private List<CompletableFuture<HttpResponse<String>>> race(String code, String module) {
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < MACHINES; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(node.url() + LegacyClients.verifyPath(code, "m" + i, module)))
              .timeout(Duration.ofSeconds(20))
              .build();
      calls.add(http.sendAsync(request, BodyHandlers.ofString()));
    }
    return calls;
  }

  /** The one machine that is told that it is verified. */
  private static int winner(List<CompletableFuture<HttpResponse<String>>> calls) {
    List<String> types =
        calls.stream().map(call -> LegacyClients.field(call.join().body(), "type")).toList();
    assertThat(types.stream().collect(Collectors.groupingBy(type -> type, Collectors.counting())))
        .isEqualTo(Map.of("token_verified", 1L, "token_machine_error", MACHINES - 1L));
    return Stream.iterate(0, i -> i + 1)
        .filter(i -> types.get(i).equals("token_verified"))
        .findFirst()
        .orElseThrow();
  }
}
