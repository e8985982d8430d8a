package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jeton.bridge.Client;
import io.jeton.bridge.CoreException;
import io.jeton.bridge.remote.CoreTls;
import io.jeton.bridge.remote.GrpcCore;
import io.jeton.v1.AccountRef;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * More logins at once than can be hashed in time: the rest is throttled, and nothing is down. On a
 * busy machine the rest can be all of them, because the threads that hash yield to all others.
 */
@Isolated("a contract has a second for each of its answers")
class LoginFloodTest {
  private static final int LOGINS = 200;

  @TempDir static Path directory;
  private static ContractNode node;

  @BeforeAll
  static void start() throws Exception {
    node =
        ContractNode.start(
            directory,
            """
            contracts:
              - {contract: chatot, creations-per-minute: 100000}
              - {contract: thinksns, requests-per-minute: 100000}
            logins:
              failures-per-address: 1000000
            passwords:
              hashing-threads: 1
            """,
            Map.of());
    node.account("Seven", "password");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void chatot_throttlesTheRest_andServesAfterwards() throws Exception {
    assertThat(flood("/token")).contains(429).isSubsetOf(200, 401, 429);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(login("/token", "Seven")).isEqualTo(200));
  }

  @Test
  void thinksns_throttlesTheRest_andServesAfterwards() throws Exception {
    assertThat(flood("/api/v2/auth/login")).contains(429).isSubsetOf(200, 422, 429);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(login("/api/v2/auth/login", "Seven")).isEqualTo(200));
  }

  @Test
  void coreOverGrpc_throttlesTheRest() throws Exception {
    String key = Files.readString(node.directory().resolve("admin.key")).strip();
    try (GrpcCore core = new GrpcCore(URI.create(node.url()), key, CoreTls.none())) {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int n = 0; n < LOGINS; n++) {
        answers.add(
            core.checkPassword(check("grpc" + n), new Client("", "flood-" + n))
                .handle(LoginFloodTest::outcome));
      }

      assertThat(answers.stream().map(CompletableFuture::join))
          .contains("ERROR_REASON_LOGINS_THROTTLED")
          .isSubsetOf("ERROR_REASON_LOGINS_THROTTLED", "PASSWORD_MISMATCH_UNKNOWN_ACCOUNT");
    }
  }

  private static CheckPasswordRequest check(String login) {
    return CheckPasswordRequest.newBuilder()
        .setAccount(AccountRef.newBuilder().setLogin(login))
        .setPassword("password")
        .build();
  }

  private static String outcome(CheckPasswordResponse response, Throwable failure) {
    return failure == null
        ? response.getReason().name()
        : ((CoreException) failure).reason().name();
  }

  /** The statuses that many logins at once are answered with: half of them of nobody. */
  private static List<Integer> flood(String path) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(LOGINS);
    CountDownLatch ready = new CountDownLatch(LOGINS);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int n = 0; n < LOGINS; n++) {
        String login = n % 2 == 0 ? "Seven" : "nobody" + n;
        answers.add(
            clients.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return login(path, login);
                }));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
      return statuses;
    } finally {
      clients.shutdownNow();
    }
  }

  private static int login(String path, String login) throws IOException {
    String body = "{\"login\":\"" + login + "\",\"password\":\"password\"}";
    String text =
        ("POST " + path + " HTTP/1.1\r\nHost: plus.io\r\nConnection: close\r\n")
            + "Content-Type: application/json\r\n"
            + ("Content-Length: " + body.length() + "\r\n\r\n" + body);
    try (RawHttp http = new RawHttp(node.url())) {
      return http.exchange(text.getBytes(StandardCharsets.UTF_8), true).status();
    }
  }
}
