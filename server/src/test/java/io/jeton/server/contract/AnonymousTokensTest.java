package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.contract.RawHttp.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many tokens strangers can make by chatot. */
class AnonymousTokensTest {
  @TempDir private Path directory;

  @Test
  void moreThanAllowed_areRefused_untilSomeHaveEnded_andLoginsGoOn() throws Exception {
    try (ContractNode node =
            ContractNode.start(
                directory,
                """
                contracts:
                  - contract: chatot
                    anonymous-tokens: 3
                    lifetime: 1h
                    refresh-window: 1h
                """,
                Map.of());
        RawHttp http = new RawHttp(node.url())) {
      node.account("dora", "correct horse");
      for (int i = 0; i < 3; i++) {
        assertThat(create(http, "").status()).isEqualTo(200);
        node.clock().advance(Duration.ofMinutes(1));
      }
      Response refused = create(http, "");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.text())
          .isEqualTo(
              "{\"name\":\"TooManyRequests\",\"message\":\"too many requests\",\"stack\":[]}");
      assertThat(refused.header("retry-after")).contains("60");
      assertThat(node.count("SELECT COUNT(*) FROM token WHERE partner_id IS NULL")).isEqualTo(3);
      assertThat(create(http, "{\"login\":\"dora\",\"password\":\"correct horse\"}").status())
          .isEqualTo(200);

      // The first of them ends.
      node.clock().advance(Duration.ofMinutes(57));
      assertThat(create(http, "").status()).isEqualTo(200);
      assertThat(create(http, "").status()).isEqualTo(429);
    }
  }

  private static Response create(RawHttp http, String body) throws Exception {
    String head =
        "POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + ("Content-Length: " + body.length() + "\r\n\r\n");
    return http.exchange((head + body).getBytes(StandardCharsets.US_ASCII), true);
  }
}
