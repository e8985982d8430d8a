package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.contract.Dialect.Call;
import io.jeton.server.contract.Dialect.Carrier;
import io.jeton.v1.UpdateApplicationRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Sends animeloop, liveget and lanying 20 000 random requests each, with all contracts on one port:
 * every answer is a documented one, none is a 5xx, and after each the audit table has what that
 * answer says was done, so that no refused request changed anything.
 */
@Isolated("a contract has a second for each of its answers")
class HostileRequestsTest {
  private static final int REQUESTS = Integer.getInteger("jeton.test.random-requests", 20_000);
  private static final long SEED = Long.getLong("jeton.test.seed", 20_261_121L);
  private static final Pattern GIVEN =
      Pattern.compile("\"(?:token|store_token|value|refresh|access_token)\": ?\"([^\"]+)\"");
  private static final List<String> NONE = List.of();

  @TempDir static Path directory;
  private static ContractNode node;

  @BeforeAll
  static void start() throws Exception {
    node =
        ContractNode.start(
            directory,
            LegacyClients.CONTRACTS
                + """
                logins:
                  failures-per-address: 1000000
                passwords:
                  hashing-threads: 2
                """,
            Map.of());
    LegacyClients clients = new LegacyClients(node);
    String seven = node.account("Seven", "Seven");
    clients.addSession("seven", seven, "{}");
    clients.addSession("nobody", "", "{}");
    clients.addModule("demo");
    clients.addModule("other");
    clients.addApplication(LegacyClients.APPLICATION);
    clients.addApplication("disabled");
    node.applications()
        .updateApplication(
            UpdateApplicationRequest.newBuilder().setAppId("disabled").setDisabled(true).build());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void animeloop_answersAsDocumented_whateverIsSent() throws Exception {
    List<String> cookies =
        Stream.of(
                LegacyClients.cookie("seven"),
                LegacyClients.cookie("seven"),
                LegacyClients.cookie("seven"),
                "animeloop.auth.sid=" + LegacyClients.signed("seven"),
                "animeloop.auth.sid=\"" + LegacyClients.signed("seven") + "\"",
                "a=b; " + LegacyClients.cookie("seven") + "; animeloop.auth.sid=x",
                LegacyClients.cookie("nobody"),
                LegacyClients.cookie("unknown"),
                LegacyClients.cookie("seven") + "x",
                "animeloop.auth.sid=s%3A%zz",
                "animeloop.auth.sid=s:seven.",
                "animeloop.auth.sid",
                "animeloop.auth.sid={secret}")
            .toList();
    List<String> headers = List.of("Cookie");
    Run run =
        new Run(
            Documented.ANIMELOOP,
            new Dialect(
                paths("/api/v2/auth/token", "/auth/token/new", "/api/v2/auth/token/revoke"),
                Map.of("name", List.of("dev", "", "{secret}"), "id", numbers()),
                Map.of(
                    "Cookie",
                    cookies,
                    "Origin",
                    List.of("https://animeloop.org", "https://animeloop.org", "null"),
                    "Sec-Fetch-Site",
                    List.of("none", "cross-site")),
                List.of(
                    new Call("GET", "/api/v2/auth/token", Carrier.QUERY, NONE, headers),
                    new Call("GET", "/auth/token/new", Carrier.QUERY, List.of("name"), headers),
                    new Call(
                        "POST",
                        "/api/v2/auth/token/new",
                        Carrier.FORM,
                        List.of("name"),
                        List.of("Cookie", "Origin")),
                    new Call("POST", "/auth/token/new", Carrier.JSON, List.of("name"), headers),
                    new Call("POST", "/auth/token/revoke", Carrier.FORM, List.of("id"), headers),
                    new Call(
                        "POST", "/api/v2/auth/token/revoke", Carrier.JSON, List.of("id"), headers),
                    new Call("POST", "/api/v2/auth/token/revoke", Carrier.QUERY, NONE, headers))));
    run.run();

    assertThat(run.statuses).containsKeys(200, 400, 413, 415);
    assertThat(run.done).contains("IssueToken ", "RevokeToken ");
  }

  @Test
  void liveget_answersAsDocumented_whateverIsSent() throws Exception {
    List<String> manage = List.of("token", "function", "object", "password");
    Run run =
        new Run(
            Documented.LIVEGET,
            new Dialect(
                paths(
                    "/token/create",
                    "/token/delete",
                    "/token/verify",
                    "/token/info",
                    "/token/setMachine",
                    "/token/renew",
                    "/token/random"),
                Map.of(
                    "token",
                    List.of("T1", "T2", "T3", "T4", "kid-T1", "kid-T2", "T1 ", "t1", "😀", "a'b\\"),
                    "function",
                    List.of("demo", "DEMO", "other"),
                    "object",
                    List.of("default", "kid", "KID", "none"),
                    "password",
                    List.of(LegacyClients.LICENCE_PASSWORD),
                    "qq",
                    List.of("10001", "10002", "10003", "1", "x"),
                    "time",
                    List.of("600", "60", "-1", "0", "9223372036854775807", "-9223372036854775808"),
                    "machine",
                    List.of("m1", "M1", "m2", "机器", ""),
                    "identification",
                    List.of("ident-demo", "ident-demo", "ident-other", "IDENT-DEMO")),
                Map.of(),
                List.of(
                    call("/token/create", manage, "qq"),
                    call("/token/create", manage, "qq", "time"),
                    call("/token/delete", manage),
                    call("/token/verify", List.of("token", "machine", "identification")),
                    call("/token/verify", List.of("token", "machine", "identification")),
                    call("/token/info", manage),
                    call("/token/setMachine", manage, "machine"),
                    call("/token/renew", manage, "time"))));
    run.run();

    assertThat(run.statuses).containsKeys(200, 400, 405, 413);
    assertThat(run.done)
        .contains(
            "EnsureAccount IssueToken ",
            "IssueToken ",
            "BindToken ",
            "ExtendToken ",
            "RevokeToken ");
  }

  @Test
  void lanying_answersAsDocumented_whateverIsSent() throws Exception {
    List<String> headers = List.of("app_id", "access-token");
    List<String> acting = List.of("app_id", "access-token", "user_id", "group_id");
    Run run =
        new Run(
            Documented.LANYING,
            new Dialect(
                paths("/token/id", "/token/login", "/token/user"),
                Map.of(
                    "user_id",
                    List.of("1", "1", "6597157180416", "9007199254740993"),
                    "login_name",
                    List.of("Seven", "ＳＥＶＥＮ", "nobody"),
                    "name",
                    List.of("Seven", "seven"),
                    "password",
                    List.of("Seven", "Seven", "Seven", "Seven", "Seven", "wrong"),
                    "device_guid",
                    List.of("3f8a5c1e", "")),
                Map.of(
                    "app_id",
                    List.of(
                        LegacyClients.APPLICATION,
                        LegacyClients.APPLICATION,
                        LegacyClients.APPLICATION,
                        "disabled",
                        "unknown"),
                    "access-token",
                    List.of("{secret}", "{secret}", "x.y.z"),
                    "user_id",
                    List.of("1", "2", "-1"),
                    "group_id",
                    List.of("23", "x")),
                List.of(
                    new Call(
                        "POST", "/token/id", Carrier.JSON, List.of("user_id", "password"), headers),
                    new Call(
                        "POST",
                        "/token/login",
                        Carrier.JSON,
                        List.of("login_name", "password", "device_guid"),
                        headers),
                    new Call(
                        "POST", "/token/user", Carrier.JSON, List.of("name", "password"), acting),
                    new Call(
                        "POST", "/token/user", Carrier.FORM, List.of("name", "password"), acting),
                    new Call("OPTIONS", "/token/login", Carrier.QUERY, NONE, NONE))));
    run.run();

    assertThat(run.statuses).containsKeys(200, 204, 404, 405);
    assertThat(run.done).contains("IssueToken ");
  }

  private static List<String> paths(String... paths) {
    return Stream.concat(Arrays.stream(paths), Stream.of("/token/", "/auth/token/x", "/tokens"))
        .toList();
  }

  private static List<String> numbers() {
    return IntStream.rangeClosed(1, 400).mapToObj(Integer::toString).toList();
  }

  private static Call call(String path, List<String> fields, String... more) {
    List<String> all = Stream.concat(fields.stream(), Arrays.stream(more)).toList();
    return new Call("GET", path, Carrier.QUERY, all, NONE);
  }

  /** What was sent to one contract, and what came of it. */
  private static final class Run {
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final TreeSet<String> done = new TreeSet<>();
    private final Documented contract;
    private final TreeSet<String> own;
    private final RandomRequests requests;

    Run(Documented contract, Dialect dialect) {
      this.contract = contract;
      this.own = new TreeSet<>(dialect.calls().stream().map(Call::path).toList());
      this.requests = new RandomRequests(SEED, dialect);
    }

    void run() throws Exception {
      try (RawHttp http = new RawHttp(node.url());
          AuditTrail trail = new AuditTrail(node)) {
        for (int i = 0; i < REQUESTS; i++) {
          RandomRequests.Request request = requests.next();
          boolean hasBody = !request.method().equals("HEAD");
          RawHttp.Response response;
          try {
            response = http.exchange(request.bytes(), hasBody);
          } catch (IOException e) {
            throw new IOException("no answer to request " + i + ":\n" + text(request), e);
          }
          String changes = trail.next();
          String story =
              "request %d:\n%s\nanswer: %s\n%s\nchanges: %s"
                  .formatted(i, text(request), response, response.text(), changes);
          assertThat(isDocumented(request, response, hasBody)).as(story).isTrue();
          assertThat(changes).as(story).matches(Consequences.of(request, response));
          assertThat(response.header("date")).as(story).isPresent();
          assertThat(response.header("cache-control")).as(story).hasValue("no-store");
          statuses.merge(response.status(), 1, Integer::sum);
          done.add(changes);
          Matcher given = GIVEN.matcher(response.text());
          while (given.find()) {
            requests.offer(given.group(1));
          }
          if (i % 300 == 299) {
            node.clock().advance(Duration.ofSeconds(20));
          }
        }
      }
    }

    /**
     * A documented path is answered by its contract; a request that could not be read by whoever
     * owns what could be.
     */
    private boolean isDocumented(
        RandomRequests.Request request, RawHttp.Response response, boolean hasBody) {
      if (contract.has(response, hasBody)) {
        return true;
      }
      boolean isOwn = own.contains(request.path()) && response.status() < 400;
      return !isOwn
          && (Shapes.isDocumented(response, hasBody)
              || Arrays.stream(Documented.values()).anyMatch(each -> each.has(response, hasBody)));
    }

    private static String text(RandomRequests.Request request) {
      String text = new String(request.bytes(), StandardCharsets.UTF_8);
      return text.length() > 1_000 ? text.substring(0, 1_000) + "…" : text;
    }
  }
}
