package io.jeton.server.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.crypto.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");

  @ParameterizedTest
  @CsvSource({
    // From its end when that is in the future.
    "2026-01-01T00:00:01.25Z, 10, 2026-01-01T00:00:11.25Z",
    "2026-01-01T00:00:01.25Z, -10, 2025-12-31T23:59:51.25Z",
    "2026-01-01T00:00:01.25Z, 0, 2026-01-01T00:00:01.25Z",
    // From now otherwise, also at the very end.
    "2026-01-01T00:00:00.5Z, 10, 2026-01-01T00:00:10.5Z",
    "2020-01-01T00:00:00Z, 10, 2026-01-01T00:00:10.5Z",
    "2020-01-01T00:00:00Z, 0, 2026-01-01T00:00:00.5Z",
    // Not beyond the years that can be written.
    "9999-12-31T23:59:58Z, 1, 9999-12-31T23:59:59Z",
    "9999-12-31T23:59:58.5Z, 1, 9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59Z, 1, 9999-12-31T23:59:59Z",
    "2026-01-01T00:00:01Z, 9223372036854775807, 9999-12-31T23:59:59Z",
    "2026-01-01T00:00:01Z, -9223372036854775808, 0001-01-01T00:00:00Z",
    "2026-01-01T00:00:01Z, -63902822402, 0001-01-01T00:00:00Z",
    "2026-01-01T00:00:01Z, -63902822400, 0001-01-01T00:00:01Z",
  })
  void bySeconds(Instant end, long seconds, Instant expected) {
    assertThat(new Extension.By(seconds).endOf(token(Optional.of(end)), NOW)).contains(expected);
  }

  @Test
  void bySeconds_ofATokenWithoutAnEnd_givesItNone() {
    assertThat(new Extension.By(10).endOf(token(Optional.empty()), NOW)).isEmpty();
  }

  @Test
  void toAnInstant_isThat_withinTheYearsThatCanBeWritten() {
    Token token = token(Optional.empty());

    assertThat(new Extension.To(NOW).endOf(token, NOW)).contains(NOW);
    assertThat(new Extension.To(Extension.LATEST.plusNanos(1)).endOf(token, NOW))
        .contains(Extension.LATEST);
    assertThat(new Extension.To(Instant.MIN).endOf(token, NOW)).contains(Extension.EARLIEST);
  }

  private static Token token(Optional<Instant> end) {
    RealmName realm = new RealmName("default");
    return Token.of(
        Lookups.ofToken(realm, "T1"),
        new TokenId(1),
        new Realm(1, realm),
        new Token.Attributes("access", "", Scopes.of(List.of()), "", Optional.empty(), end),
        NOW,
        Optional.empty());
  }
}
