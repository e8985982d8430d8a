package io.jeton.bridge.contract.animeloop;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionCookieTest {
  @Test
  void read_takesTheFirstOfTheName() {
    assertThat(read("animeloop.auth.sid=a")).contains("a");
    assertThat(read("x=1;animeloop.auth.sid=a;animeloop.auth.sid=b")).contains("a");
    assertThat(read("x=1", "animeloop.auth.sid=a; y", "animeloop.auth.sid=b")).contains("a");
    assertThat(read("animeloop.auth.sid=; animeloop.auth.sid=b")).contains("");
    assertThat(read("animeloop.auth.sid=a=b")).contains("a=b");
  }

  @Test
  void read_takesQuotesAndEscapesOff() {
    assertThat(read(" animeloop.auth.sid = \"s%3Aa\" ")).contains("s:a");
    assertThat(read("animeloop.auth.sid=\"\"")).contains("");
    assertThat(read("animeloop.auth.sid=\"")).contains("\"");
    assertThat(read("animeloop.auth.sid=a+b/c")).contains("a+b/c");
  }

  @Test
  void read_findsNothing_elsewhere() {
    assertThat(read()).isEmpty();
    assertThat(read("", ";;", "animeloop.auth.sid", "animeloop.auth.sidx=a")).isEmpty();
    assertThat(read("ANIMELOOP.AUTH.SID=a")).isEmpty();
    assertThat(read("animeloop.auth.sid=%zz")).isEmpty();
  }

  private static Optional<String> read(String... lines) {
    RequestHeadersBuilder headers = RequestHeaders.builder(HttpMethod.GET, "/");
    for (String line : lines) {
      headers.add("cookie", line);
    }
    return SessionCookie.read(headers.build());
  }
}
