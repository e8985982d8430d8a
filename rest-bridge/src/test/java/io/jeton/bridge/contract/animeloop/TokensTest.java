package io.jeton.bridge.contract.animeloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.bridge.Client;
import io.jeton.bridge.CoreException;
import io.jeton.bridge.testing.FakeCore;
import io.jeton.bridge.testing.SettableClock;
import io.jeton.v1.Account;
import io.jeton.v1.ErrorReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final int MORE_THAN_A_PAGE = 1001;

  private static final Account ACCOUNT =
      Account.newBuilder().setRealm("default").setId("1").setName("shincurry2").build();

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeCore core = new FakeCore(clock);
  private final Tokens tokens =
      new Tokens(
          new AnimeloopSettings(
              "animeloop", "default", new SessionSecrets(List.of()), Origins.any(), true),
          core,
          clock);

  TokensTest() {
    core.putAccount(ACCOUNT, "");
  }

  @Test
  void list_andRevokeAll_takeEveryPage() {
    for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
      create();
      clock.advance(java.time.Duration.ofMillis(1));
    }
    List<OwnToken> listed = tokens.list(ACCOUNT, Client.BRIDGE).join();
    assertThat(listed).hasSize(MORE_THAN_A_PAGE).doesNotHaveDuplicates();
    assertThat(listed).allMatch(token -> token.secret().length() > 100);

    tokens.revokeAll(ACCOUNT, Client.BRIDGE).join();
    assertThat(tokens.list(ACCOUNT, Client.BRIDGE).join()).isEmpty();
  }

  @Test
  void create_triesTheNextMilliseconds_notForever() {
    for (int i = 0; i < 100; i++) {
      create();
    }
    assertThatThrownBy(this::create)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            CoreException.class,
            e -> assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_TOKEN_EXISTS));
    assertThat(tokens.list(ACCOUNT, Client.BRIDGE).join()).hasSize(100);
  }

  @Test
  void revoke_endsEveryTokenThatIsShownUnderTheNumber() {
    OwnToken created = create();
    core.putToken(
        io.jeton.v1.Token.newBuilder()
            .setRealm("default")
            .setIssuer("animeloop")
            .setAccountId("1")
            .setImportedId(created.id())
            .build(),
        "a.b.c");
    assertThat(tokens.list(ACCOUNT, Client.BRIDGE).join())
        .extracting(OwnToken::number)
        .containsExactly(created.number(), created.number());
    tokens.revoke(ACCOUNT, created.number(), Client.BRIDGE).join();
    assertThat(tokens.list(ACCOUNT, Client.BRIDGE).join()).isEmpty();
  }

  private OwnToken create() {
    return tokens.create(ACCOUNT, Optional.empty(), Client.BRIDGE).join();
  }
}
