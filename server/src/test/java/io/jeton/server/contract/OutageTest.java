package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jeton.server.domain.Secret;
import io.jeton.server.storage.embedded.EmbeddedDatabase;
import io.jeton.server.storage.embedded.TestDatabases;
import io.jeton.server.storage.mysql.DatabaseAddress;
import io.jeton.server.storage.mysql.Migrations;
import io.jeton.server.testing.BesideOthers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is stopped under the contracts, and started again. */
@BesideOthers
class OutageTest {
  /** What a contract's 503 may take. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final String USER = "outage";
  private static final String PASSWORD = "outage";

  @TempDir Path directory;
  private EmbeddedDatabase database;
  private int port;
  private ContractNode node;
  private LegacyClients clients;

  @BeforeEach
  void start() throws Exception {
    port = TestDatabases.freePort();
    database = startDatabase();
    new Migrations(new DatabaseAddress(database.jdbcUrl(), USER, Secret.of(PASSWORD))).migrate();
    Files.writeString(directory.resolve("password"), PASSWORD);
    Files.writeString(directory.resolve("master"), "0123456789abcdef".repeat(4));
    node =
        ContractNode.start(
            directory,
            LegacyClients.CONTRACTS,
            Map.of(
                "database.url",
                database.jdbcUrl(),
                "database.user",
                USER,
                "database.password",
                "file:" + directory.resolve("password"),
                "master-key",
                "file:" + directory.resolve("master")));
    clients = new LegacyClients(node);
    clients.addSession("seven", node.account("Seven", "password"), "{}");
    clients.addModule("demo");
    clients.addApplication(LegacyClients.APPLICATION);
  }

  @AfterEach
  void stop() {
    node.close();
    database.close();
  }

  @Test
  void stoppedDatabase_is503OfEachContractWithinASecond_andServedAgainWithoutARestart()
      throws Exception {
    String warm = field(post("/token", "").text(), "value");
    String cold = field(post("/token", "").text(), "value");
    String jwt = field(login().text(), "access_token");
    assertThat(get(warm).status()).isEqualTo(200);

    database.close();
    assertChatotIsDown(() -> post("/token", ""));
    assertChatotIsDown(() -> get(cold));
    assertChatotIsDown(() -> send("PUT", "/token", "Authorization: Token " + cold + "\r\n", ""));
    assertChatotIsDown(() -> post("/token", "{\"login\":\"Seven\",\"password\":\"password\"}"));
    assertThinksnsIsDown(this::login);
    assertThinksnsIsDown(
        () -> send("POST", "/api/v2/auth/refresh", "Authorization: Bearer " + jwt + "\r\n", ""));
    // What is held in memory is served.
    assertThat(get(warm).status()).isEqualTo(200);

    database = startDatabase();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(post("/token", "").status()).isEqualTo(200));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(login().status()).isEqualTo(200));
    assertThat(get(cold).status()).isEqualTo(200);
    assertThat(
            send("POST", "/api/v2/auth/refresh", "Authorization: Bearer " + jwt + "\r\n", "")
                .status())
        .isEqualTo(200);
  }

  @Test
  void stoppedDatabase_isToldByAnimeloopLivegetAndLanying_andServedAgainWithoutARestart()
      throws Exception {
    assertThat(clients.create("T1", "demo", "10001")).isEqualTo("token_info");
    assertThat(clients.create("T2", "demo", "10001")).isEqualTo("token_info");
    assertThat(clients.verify("T1", "m1", "demo")).isEqualTo("token_verified");
    String token = LegacyClients.field(clients.animeloopNew("seven"), "token");

    database.close();
    for (String path : List.of("/auth/token", "/auth/token/new", "/auth/token/revoke")) {
      assertAnimeloopIsDown(() -> animeloop(path));
    }
    assertLivegetIsDown(() -> licences("create?token=T3&function=demo&qq=10002"));
    assertLivegetIsDown(() -> licences("delete?token=T1&function=demo"));
    assertLivegetIsDown(
        () -> clients.send("GET", LegacyClients.verifyPath("T2", "m1", "demo"), "", ""));
    for (String login :
        List.of(
            "id {\"user_id\":1,\"password\":\"password\"}",
            "login {\"login_name\":\"Seven\",\"password\":\"password\"}",
            "user {\"name\":\"Seven\",\"password\":\"password\"}")) {
      assertLanyingIsDown(() -> lanying(login));
    }
    // What is held in memory is served.
    assertThat(clients.verify("T1", "m1", "demo")).isEqualTo("token_verified");
    assertThat(clients.verify("T1", "m2", "demo")).isEqualTo("token_machine_error");

    database = startDatabase();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(clients.verify("T2", "m2", "demo")).isEqualTo("token_verified"));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(clients.animeloopList("seven")).contains(token));
    assertThat(clients.verify("T1", "m1", "demo")).isEqualTo("token_verified");
    assertThat(clients.create("T3", "demo", "10002")).isEqualTo("token_info");
    assertThat(clients.lanyingLogin(LegacyClients.APPLICATION, "Seven")).contains("\"code\":200,");
  }

  private RawHttp.Response animeloop(String path) throws Exception {
    String method = path.equals("/auth/token") ? "GET" : "POST";
    return clients.send(method, path, "Cookie: " + LegacyClients.cookie("seven") + "\r\n", "");
  }

  private RawHttp.Response licences(String call) throws Exception {
    return clients.send(
        "GET", "/token/" + call + "&password=" + LegacyClients.LICENCE_PASSWORD, "", "");
  }

  private RawHttp.Response lanying(String login) throws Exception {
    String[] parts = login.split(" ", 2);
    return clients.json(
        "/token/" + parts[0], "app_id: " + LegacyClients.APPLICATION + "\r\n", parts[1]);
  }

  private EmbeddedDatabase startDatabase() throws Exception {
    return TestDatabases.startAt(directory.resolve("database"), port, USER, PASSWORD);
  }

  /** A call that can fail. */
  private interface Call {
    RawHttp.Response run() throws Exception;
  }

  private static void assertChatotIsDown(Call call) throws Exception {
    RawHttp.Response response = timed(call);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.text())
        .isEqualTo(
            "{\"name\":\"ServiceUnavailable\",\"message\":\"service unavailable\",\"stack\":[]}");
  }

  private static void assertThinksnsIsDown(Call call) throws Exception {
    RawHttp.Response response = timed(call);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.text()).isEqualTo("{\"message\":\"Server Error\"}");
  }

  /** It has one text for every failure of its database, and a status that its clients read. */
  private static void assertAnimeloopIsDown(Call call) throws Exception {
    RawHttp.Response response = timed(call);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text())
        .isEqualTo(
            "{\"status\":\"error\",\"code\":1950301,"
                + "\"message\":\"internal server error, database error.\"}");
  }

  private static void assertLivegetIsDown(Call call) throws Exception {
    RawHttp.Response response = timed(call);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.text()).contains("\"code\": -1,\n  \"type\": \"error\",\n");
  }

  private static void assertLanyingIsDown(Call call) throws Exception {
    RawHttp.Response response = timed(call);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.text())
        .isEqualTo("{\"code\":503,\"data\":null,\"message\":\"service unavailable\"}");
  }

  private static RawHttp.Response timed(Call call) throws Exception {
    long begin = System.nanoTime();
    RawHttp.Response response = call.run();
    // The bound is the contract's; the rest is what a busy machine needs to hand it over.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON.plusMillis(300));
    return response;
  }

  private RawHttp.Response login() throws Exception {
    return post("/api/v2/auth/login", "{\"login\":\"Seven\",\"password\":\"password\"}");
  }

  private RawHttp.Response get(String token) throws Exception {
    return send("GET", "/token", "Authorization: Token " + token + "\r\n", "");
  }

  private RawHttp.Response post(String path, String json) throws Exception {
    return send("POST", path, "Content-Type: application/json\r\n", json);
  }

  private RawHttp.Response send(String method, String path, String headers, String body)
      throws Exception {
    String text =
        (method + " " + path + " HTTP/1.1\r\nHost: plus.io\r\nConnection: close\r\n")
            + ("Content-Length: " + body.length() + "\r\n" + headers + "\r\n" + body);
    try (RawHttp http = new RawHttp(node.url())) {
      return http.exchange(text.getBytes(StandardCharsets.UTF_8), true);
    }
  }

  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
    assertThat(matcher.find()).as("%s in an answer", name).isTrue();
    return matcher.group(1);
  }
}
