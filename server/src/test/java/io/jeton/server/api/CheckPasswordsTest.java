package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.PasswordHasher;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.NewAccount;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.server.storage.InMemoryStore;
import io.jeton.server.storage.Samples;
import io.jeton.server.testing.SettableClock;
import io.jeton.server.testing.Tokens;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.PasswordMismatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckPasswordsTest {
  private static final Secret BCRYPT =
      Secret.of("$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq");
  private static final String RIGHT = "rasmuslerdorf";
  private static final Identity IDENTITY =
      new Identity(
          new Caller(
              1,
              "bridge",
              Grants.of(Map.of("*", EnumSet.of(Permission.LOGIN))),
              Tokens.NOON,
              Optional.empty()),
          "192.0.2.1",
          true,
          "r");

  private final SettableClock clock = new SettableClock(Tokens.NOON);
  private final InMemoryStore store = new InMemoryStore();
  private final AccountStore accounts = store.accounts();
  private final Counter counter = new Counter();
  private Realm realm;
  private Sealer sealer;

  @BeforeEach
  void open() throws Exception {
    store.realms().ensure(Samples.realm("default"), Tokens.NOON);
    realm = store.realms().all().get(0);
    sealer = Sealer.open(MasterKey.parse("0".repeat(64)), store.sealingKeys(), Tokens.NOON);
  }

  @Test
  void everyOutcome_costsOneHash() {
    create(1, "right", Optional.of(BCRYPT), false, false);
    create(2, "disabled", Optional.of(BCRYPT), true, true);
    create(3, "banned", Optional.of(BCRYPT), false, true);
    create(4, "without", Optional.empty(), false, false);
    CheckPasswords passwords = passwords(Runnable::run, Runnable::run, 1000);

    assertMismatch(
        PasswordMismatch.PASSWORD_MISMATCH_UNKNOWN_ACCOUNT, check(passwords, "nobody", RIGHT));
    assertMismatch(
        PasswordMismatch.PASSWORD_MISMATCH_DISABLED, check(passwords, "disabled", RIGHT));
    assertMismatch(PasswordMismatch.PASSWORD_MISMATCH_DISABLED, check(passwords, "disabled", "x"));
    assertMismatch(
        PasswordMismatch.PASSWORD_MISMATCH_WRONG_PASSWORD, check(passwords, "right", "x"));
    assertMismatch(
        PasswordMismatch.PASSWORD_MISMATCH_WRONG_PASSWORD, check(passwords, "without", ""));
    assertMismatch(
        PasswordMismatch.PASSWORD_MISMATCH_WRONG_PASSWORD, check(passwords, "banned", "x"));
    assertMismatch(PasswordMismatch.PASSWORD_MISMATCH_BANNED, check(passwords, "banned", RIGHT));
    assertMismatch(
        PasswordMismatch.PASSWORD_MISMATCH_WRONG_PASSWORD,
        check(passwords, "right", "x".repeat(102_400)));

    assertThat(counter.hashes).hasValue(8);
  }

  /** The time tells nothing: what has no hash takes what the realm's hashes take. */
  @Test
  void standIns_areOfTheRealmsSchemes_inTheirProportion_andStayTheSame() {
    Map<Integer, Map<String, Integer>> schemes =
        Map.of(realm.id(), Map.of("$2y$10", 250, "$argon2id$v=19$m=256,t=2,p=1", 750));
    StandIns standIns = new StandIns(() -> schemes);
    int bcrypt = 0;
    for (int n = 0; n < 1000; n++) {
      byte[] digest = sealer.fingerprint(("login" + n).getBytes(StandardCharsets.UTF_8));
      String hash = standIns.choose(realm, digest).reveal();
      String again = standIns.choose(realm, digest).reveal();
      assertThat(again.substring(0, 6)).isEqualTo(hash.substring(0, 6));
      assertThat(hash).containsPattern("^\\$2y\\$10\\$|^\\$argon2id\\$v=19\\$m=256,t=2,p=1\\$");
      bcrypt += hash.startsWith("$2y$10$") ? 1 : 0;
    }
    assertThat(bcrypt).isBetween(200, 300);
    assertThat(new StandIns(Map::of).choose(realm, new byte[32]).reveal())
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void aPasswordOver1024Bytes_isWrong_alsoWhenItIsTheRightOne() {
    Secret longest = Secret.of("x".repeat(1024));
    Secret tooLong = Secret.of("x".repeat(1025));
    create(1, "a", Optional.of(PasswordHasher.hash(longest)), false, false);
    create(2, "b", Optional.of(PasswordHasher.hash(tooLong)), false, false);
    CheckPasswords passwords = passwords(Runnable::run, Runnable::run, 1000);

    assertThat(check(passwords, "a", longest.reveal()).getMatches()).isTrue();
    assertMismatch(
        PasswordMismatch.PASSWORD_MISMATCH_WRONG_PASSWORD, check(passwords, "b", tooLong.reveal()));
  }

  @Test
  void aSuccess_replacesAWeakHash_once_andLeavesAStrongOne() {
    create(1, "a", Optional.of(BCRYPT), false, false);
    CheckPasswords passwords = passwords(Runnable::run, Runnable::run, 1000);

    assertThat(check(passwords, "a", "wrong").getMatches()).isFalse();
    assertThat(hash(1)).isEqualTo(BCRYPT);
    CheckPasswordResponse response = check(passwords, "a", RIGHT);
    assertThat(response.getMatches()).isTrue();
    assertThat(response.getAccount().getId()).isEqualTo("1");
    Secret replacement = hash(1);
    assertThat(replacement.reveal()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(check(passwords, "a", RIGHT).getMatches()).isTrue();
    assertThat(hash(1)).isEqualTo(replacement);
    assertThat(accounts.find(realm, AccountRef.of(new AccountId(1))).orElseThrow().updateTime())
        .isEqualTo(Tokens.NOON);
  }

  /** A password that was changed while its old one was being checked stays changed. */
  @Test
  void aReplacement_neverUndoesANewPassword() {
    create(1, "a", Optional.of(BCRYPT), false, false);
    Queue<Runnable> hashing = new ArrayDeque<>();
    CheckPasswords passwords = passwords(Runnable::run, hashing::add, 1000);
    CompletableFuture<CheckPasswordResponse> answer = begin(passwords, "a", RIGHT);
    hashing.remove().run();
    assertThat(answer.join().getMatches()).isTrue();
    Secret changed = PasswordHasher.hash(Secret.of("new"));
    accounts.replaceHash(realm, new AccountId(1), BCRYPT, changed);

    hashing.remove().run();

    assertThat(hash(1)).isEqualTo(changed);
  }

  @Test
  void whenTooManyHashesWait_aLoginIsThrottled_andDoesNotCountAsAFailure() {
    create(1, "a", Optional.of(BCRYPT), false, false);
    Executor full =
        task -> {
          throw new RejectedExecutionException();
        };
    CheckPasswords overflowing = passwords(Runnable::run, full, 2);

    for (int n = 0; n < 5; n++) {
      RefusedException refused = refused(begin(overflowing, "a", "x"));
      assertThat(refused.refusal()).isEqualTo(Refusal.LOGINS_THROTTLED);
      assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }
    assertThat(counter.hashes).hasValue(0);
    assertThat(counter.outcomes).containsOnly(Map.entry(LoginCounter.Outcome.THROTTLED, 5));
  }

  @Test
  void whenTheStoreFails_noFailureIsCounted() {
    Executor full =
        task -> {
          throw new RejectedExecutionException();
        };
    CheckPasswords overloaded = passwords(full, Runnable::run, 2);
    for (int n = 0; n < 5; n++) {
      assertThat(refused(begin(overloaded, "a", "x")).refusal()).isEqualTo(Refusal.OVERLOADED);
    }
  }

  @Test
  void pastTheLimit_noHashIsComputed_alsoForWhoIsUnknown() {
    create(1, "a", Optional.of(BCRYPT), false, false);
    CheckPasswords passwords = passwords(Runnable::run, Runnable::run, 3);
    for (String login : List.of("a", "nobody")) {
      for (int n = 0; n < 3; n++) {
        check(passwords, login, "x");
      }
      int before = counter.hashes.get();
      RefusedException refused = refused(begin(passwords, login, RIGHT));
      assertThat(refused.refusal()).isEqualTo(Refusal.LOGINS_THROTTLED);
      assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(5));
      assertThat(counter.hashes).hasValue(before);
    }
    // In whatever way it is written, it is the same login.
    assertThat(refused(begin(passwords, "NOBODY", "x")).refusal())
        .isEqualTo(Refusal.LOGINS_THROTTLED);
    assertThat(refused(begin(passwords, "Ａ", "x")).refusal()).isEqualTo(Refusal.LOGINS_THROTTLED);
    assertThat(check(passwords, "somebody", "x").getMatches()).isFalse();
    clock.advance(Duration.ofMinutes(5));
    assertThat(check(passwords, "a", RIGHT).getMatches()).isTrue();
  }

  @Test
  void attemptsThatWaitForTheirHash_cannotSlipPastTheLimit() {
    create(1, "a", Optional.of(BCRYPT), false, false);
    Queue<Runnable> hashing = new ArrayDeque<>();
    CheckPasswords passwords = passwords(Runnable::run, hashing::add, 3);
    List<CompletableFuture<CheckPasswordResponse>> answers = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      answers.add(begin(passwords, "a", "x"));
    }

    RefusedException refused = refused(begin(passwords, "a", "x"));

    assertThat(refused.refusal()).isEqualTo(Refusal.LOGINS_THROTTLED);
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(hashing).hasSize(3);
    hashing.forEach(Runnable::run);
    assertThat(answers).allMatch(answer -> !answer.join().getMatches());
    assertThat(refused(begin(passwords, "a", "x")).retryAfter()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void hashThatWaitsTooLong_isThrottled_neverComputed_andNoFailure() {
    create(1, "a", Optional.of(BCRYPT), false, false);
    Queue<Runnable> hashing = new ArrayDeque<>();
    CheckPasswords passwords = passwords(Runnable::run, hashing::add, 1);

    RefusedException refused = refused(begin(passwords, "a", "x"));

    assertThat(refused.refusal()).isEqualTo(Refusal.LOGINS_THROTTLED);
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    hashing.remove().run();
    assertThat(counter.hashes).hasValue(0);
    CompletableFuture<CheckPasswordResponse> next = begin(passwords, "a", RIGHT);
    hashing.remove().run();
    assertThat(next.join().getMatches()).isTrue();
  }

  private CheckPasswords passwords(Executor blocking, Executor hashing, int limit) {
    return new CheckPasswords(
        new Access(() -> Map.of("default", realm)),
        new Validation(),
        accounts,
        blocking,
        new Hashing(hashing, counter),
        new LoginThrottle(new LoginThrottle.Limits(limit, 1000, Duration.ofMinutes(5)), clock),
        () -> Map.of(realm.id(), accounts.sampleSchemes(realm)),
        sealer,
        counter);
  }

  private void create(
      long id, String name, Optional<Secret> hash, boolean disabled, boolean banned) {
    accounts.create(
        realm,
        new NewAccount(
            Optional.of(new AccountId(id)),
            new Account.Names(
                Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty()),
            hash,
            disabled,
            banned,
            "{}"),
        Tokens.NOON,
        Samples.ACTOR);
  }

  private Secret hash(long id) {
    return accounts
        .credentials(realm, AccountRef.of(new AccountId(id)))
        .orElseThrow()
        .passwordHash()
        .orElseThrow();
  }

  private static CompletableFuture<CheckPasswordResponse> begin(
      CheckPasswords passwords, String login, String password) {
    CheckPasswordRequest.Builder request = CheckPasswordRequest.newBuilder().setPassword(password);
    request.getAccountBuilder().setLogin(login);
    return passwords.check(request.build(), IDENTITY);
  }

  private static CheckPasswordResponse check(
      CheckPasswords passwords, String login, String password) {
    return begin(passwords, login, password).join();
  }

  private static RefusedException refused(CompletableFuture<?> answer) {
    Throwable thrown = catchThrowable(answer::join);
    assertThat(thrown).isInstanceOf(CompletionException.class);
    return (RefusedException) thrown.getCause();
  }

  private static void assertMismatch(PasswordMismatch reason, CheckPasswordResponse response) {
    assertThat(response).isEqualTo(CheckPasswordResponse.newBuilder().setReason(reason).build());
  }

  private static final class Counter implements LoginCounter {
    final AtomicInteger hashes = new AtomicInteger();
    final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    @Override
    public synchronized void checked(Outcome outcome) {
      outcomes.merge(outcome, 1, Integer::sum);
    }

    @Override
    public void hashed(long nanos) {
      hashes.incrementAndGet();
    }
  }
}
