package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client may send before the body: more than any token is long. */
class LongRequestsTest {
  private static final String LONG = "a".repeat(30_000);
  private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";

  @TempDir static Path directory;
  private static ContractNode node;

  @BeforeAll
  static void start() throws Exception {
    node =
        ContractNode.start(
            directory,
            """
            contracts:
              - {contract: chatot, realm: default, prefixes: [""]}
              - {contract: thinksns, realm: default, prefixes: [/api/v2, ""]}
            """,
            Map.of());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aLongUrl_isAnswered() throws Exception {
    assertThat(status("GET /token?" + LONG + HOST)).isEqualTo(401);
    assertThat(status("GET /api/v2/auth/logout?token=" + LONG + HOST)).isEqualTo(401);
    assertThat(status("PATCH /api/v2/tokens/" + LONG + HOST)).isEqualTo(401);
  }

  @Test
  void longHeaders_areAnswered() throws Exception {
    String headers = "Authorization: Bearer " + LONG + "\r\nX-Other: " + LONG + "\r\n";
    assertThat(status("GET /token" + HOST + headers)).isEqualTo(401);
    assertThat(status("GET /api/v2/auth/refresh" + HOST + headers)).isEqualTo(401);
  }

  private static int status(String head) throws Exception {
    try (RawHttp http = new RawHttp(node.url())) {
      return http.exchange((head + "\r\n").getBytes(StandardCharsets.US_ASCII), true).status();
    }
  }
}
