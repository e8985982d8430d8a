package io.jeton.bridge.contract.liveget;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.bridge.Client;
import io.jeton.bridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  /** Of the password {@code password}, from the reference implementation's own tests. */
  private static final String ARGON2ID =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

  private static final String SHA256 =
      "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";
  private static final Client CLIENT = new Client("192.0.2.1", "test");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  @Test
  void aSlowHash_isComputedElsewhere_andOnceForTheRightPassword() {
    Passwords passwords = passwords(ARGON2ID, 100, waiting::add);
    CompletableFuture<Void> first = passwords.require("password", CLIENT);
    assertThat(first).isNotDone();
    waiting.remove().run();
    assertThat(first).isCompleted();
    assertThat(passwords.require("password", CLIENT)).isCompleted();
    assertThat(waiting).isEmpty();
    CompletableFuture<Void> wrong = passwords.require("passwort", CLIENT);
    waiting.remove().run();
    assertThat(wrong).isCompletedExceptionally();
    assertThat(passwords.require("password", CLIENT)).isCompleted();
  }

  @Test
  void moreThanCanBeComputed_areRefused_andDoNotCount() {
    Passwords passwords =
        passwords(
            ARGON2ID,
            1,
            task -> {
              if (!waiting.isEmpty()) {
                throw new RejectedExecutionException();
              }
              waiting.add(task);
            });
    CompletableFuture<Void> first = passwords.require("password", CLIENT);
    assertThat(passwords.require("other", CLIENT)).isCompletedExceptionally();
    waiting.remove().run();
    assertThat(first).isCompleted();
  }

  @Test
  void anAddress_isRefused_afterTooManyWrongOnes_untilTheWindowEnds() {
    Passwords passwords = passwords(SHA256, 2, Runnable::run);
    assertThat(passwords.require("password", CLIENT)).isCompleted();
    assertThat(passwords.require("a", CLIENT)).isCompletedExceptionally();
    assertThat(passwords.require("password", CLIENT)).isCompleted();
    assertThat(passwords.require("b", CLIENT)).isCompletedExceptionally();
    assertThat(passwords.require("password", CLIENT)).isCompletedExceptionally();
    assertThat(passwords.require("password", new Client("192.0.2.2", "test"))).isCompleted();
    clock.advance(Duration.ofMinutes(5));
    assertThat(passwords.require("password", CLIENT)).isCompleted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d",
        "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542dg",
        "$2y$03$abcdefghijklmnopqrstuuBHeKRXfAH5K9/iQKyJcl9BWYFU8Tduu",
        "$2y$13$abcdefghijklmnopqrstuuBHeKRXfAH5K9/iQKyJcl9BWYFU8Tduu",
        "$2x$04$abcdefghijklmnopqrstuuBHeKRXfAH5K9/iQKyJcl9BWYFU8Tduu",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=131073,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=8,t=1,p=2$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQa1$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
      })
  void parse_refusesWhatIsNoHash_orCostsTooMuch(String text) {
    assertThat(PasswordHash.parse(text)).isEmpty();
  }

  @Test
  void aHash_isNotShown() {
    assertThat(settings(SHA256, 1).toString()).doesNotContain(SHA256.substring(0, 8));
  }

  private Passwords passwords(String hash, int failures, Executor hashing) {
    return new Passwords(settings(hash, failures), clock, hashing);
  }

  private static LivegetSettings settings(String hash, int failures) {
    return new LivegetSettings(
        "liveget", "default", PasswordHash.parse(hash), Optional.empty(), failures, ZoneOffset.UTC);
  }
}
