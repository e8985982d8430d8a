package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Sends each contract 20 000 random requests: every answer is one that its document or its error
 * table has, none is a 5xx, and what the database holds afterwards is what the successful answers
 * say, so that no refused request changed anything.
 */
@Isolated("a contract has a second for each of its answers")
class RandomRequestsTest {
  private static final int REQUESTS = Integer.getInteger("jeton.test.random-requests", 20_000);
  private static final long SEED = Long.getLong("jeton.test.seed", 20_261_121L);
  private static final Pattern GIVEN =
      Pattern.compile("\"(?:value|refresh|access_token|token)\":\"([^\"]+)\"");

  /** What thinksns carries out for any method. */
  private static final Pattern UNSEEN =
      Pattern.compile("(?i)(?:/api/v2)?/auth/(?:logout|refresh)/?");

  @TempDir static Path directory;
  private static ContractNode node;

  @BeforeAll
  static void start() throws Exception {
    node =
        ContractNode.start(
            directory,
            """
            contracts:
              - {contract: chatot, realm: default, prefixes: [""], creations-per-minute: 60}
              - {contract: thinksns, realm: default, prefixes: [/api/v2, ""], requests-per-minute: 400}
            logins:
              failures-per-address: 1000000
            passwords:
              hashing-threads: 2
            """,
            Map.of());
    node.account("Seven", "Seven");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void chatot_answersAsDocumented_whateverIsSent() throws Exception {
    Tally tally = new Tally(List.of("/token"));
    tally.run();

    assertThat(tally.statuses).containsKeys(200, 204, 400, 401, 404, 413, 415, 429);
    tally.assertNothingElseChanged();
  }

  @Test
  void thinksns_answersAsDocumented_whateverIsSent() throws Exception {
    Tally tally =
        new Tally(
            List.of(
                "/api/v2/auth/login",
                "/auth/login",
                "/api/v2/auth/logout",
                "/api/v2/auth/refresh",
                "/api/v2/tokens",
                "/api/v2/tokens/{token}",
                "/tokens"));
    tally.run();

    assertThat(tally.statuses).containsKeys(200, 201, 401, 404, 405, 413, 422, 429);
    tally.assertNothingElseChanged();
  }

  /** What one run sent, and what came of it. */
  private static final class Tally {
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final RandomRequests requests;
    private final long auditBefore;
    private final long tokensBefore;
    private final long accounts;
    private long changes;

    Tally(List<String> paths) throws Exception {
      this.requests = new RandomRequests(SEED, paths);
      this.auditBefore = audit();
      this.tokensBefore = node.count("SELECT COUNT(*) FROM token");
      this.accounts = accounts();
    }

    void run() throws IOException {
      Set<String> secrets = new HashSet<>();
      try (RawHttp http = new RawHttp(node.url())) {
        for (int i = 0; i < REQUESTS; i++) {
          RandomRequests.Request request = requests.next();
          boolean hasBody = !request.method().equals("HEAD");
          RawHttp.Response response;
          try {
            response = http.exchange(request.bytes(), hasBody);
          } catch (IOException e) {
            throw new IOException("no answer to request " + i + ":\n" + text(request), e);
          }
          assertThat(Shapes.isDocumented(response, hasBody))
              .as("request %d:\n%s\nanswer: %s\n%s", i, text(request), response, response.text())
              .isTrue();
          assertThat(response.header("date")).as("Date, request %d", i).isPresent();
          assertThat(response.header("cache-control")).as("request %d", i).hasValue("no-store");
          statuses.merge(response.status(), 1, Integer::sum);
          Matcher given = GIVEN.matcher(response.text());
          boolean isChange = response.text().contains("退出成功") || isUnseen(request, response);
          while (given.find()) {
            isChange |= secrets.add(given.group(1));
            requests.offer(given.group(1));
          }
          changes += isChange ? 1 : 0;
          if (i % 300 == 299) {
            node.clock().advance(Duration.ofSeconds(20));
          }
        }
      }
    }

    /** Whether it ended or renewed a token without a word: the answer to HEAD has no body. */
    private static boolean isUnseen(RandomRequests.Request request, RawHttp.Response response) {
      return request.method().equals("HEAD")
          && response.status() == 200
          && UNSEEN.matcher(request.path()).matches();
    }

    /** Each change has one record in the audit table; a refused request must have none. */
    void assertNothingElseChanged() throws Exception {
      assertThat(audit() - auditBefore).isEqualTo(changes);
      assertThat(changes).isPositive();
      assertThat(node.count("SELECT COUNT(*) FROM token")).isGreaterThan(tokensBefore);
      assertThat(accounts()).isEqualTo(accounts);
    }

    private static long audit() throws Exception {
      return node.count(
          "SELECT COUNT(*) FROM audit WHERE action NOT IN ('RevokeFamily', 'CreateSigningKey')");
    }

    private static long accounts() throws Exception {
      return node.count(
          "SELECT COALESCE(SUM(CRC32(CONCAT_WS(',', account_id, name, update_time))), 0) FROM account");
    }

    private static String text(RandomRequests.Request request) {
      String text = new String(request.bytes(), StandardCharsets.UTF_8);
      return text.length() > 1_000 ? text.substring(0, 1_000) + "…" : text;
    }
  }
}
