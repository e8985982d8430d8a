package io.jeton.server.api;

import io.jeton.server.api.LoginCounter.Outcome;
import io.jeton.server.api.LoginThrottle.Attempt;
import io.jeton.server.crypto.PasswordHasher;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.AccountStore.Credentials;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code CheckPassword}. Each login costs one question to the store and one hash, whatever comes
 * out: known and unknown accounts take the same time. After a success a hash that is weaker than
 * ours is replaced, which the answer does not wait for. A hash that cannot be computed in time is
 * refused as LOGINS_THROTTLED. Never blocks; safe for use by several threads.
 */
public final class CheckPasswords {
  private static final Logger LOG = LoggerFactory.getLogger(CheckPasswords.class);
  private static final int LONGEST_PASSWORD_BYTES = 1024;

  /** So much less than the second of a legacy API that its 429 can still be answered. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(600);

  private final Access access;
  private final Validation validation;
  private final AccountStore store;
  private final Executor blocking;
  private final Hashing hashing;
  private final LoginThrottle throttle;
  private final StandIns standIns;
  private final Sealer sealer;
  private final LoginCounter counter;

  /**
   * Takes its parts.
   *
   * @param blocking where the store is asked; it may reject
   * @param schemes how many hashes of each scheme there are, by the realm's id
   */
  public CheckPasswords(
      Access access,
      Validation validation,
      AccountStore store,
      Executor blocking,
      Hashing hashing,
      LoginThrottle throttle,
      Supplier<Map<Integer, Map<String, Integer>>> schemes,
      Sealer sealer,
      LoginCounter counter) {
    this.access = access;
    this.validation = validation;
    this.store = store;
    this.blocking = blocking;
    this.hashing = hashing;
    this.throttle = throttle;
    this.standIns = new StandIns(schemes);
    this.sealer = sealer;
    this.counter = counter;
  }

  /** What came out, and what for. */
  private record Verdict(Outcome outcome, Optional<Credentials> credentials) {}

  public CompletableFuture<CheckPasswordResponse> check(
      CheckPasswordRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.LOGIN);
    AccountRef ref = AccountMessages.ref(request.getAccount());
    Secret password = Secret.of(request.getPassword());
    Attempt attempt;
    try {
      attempt = throttle.begin(realm, identity.endClient());
    } catch (RefusedException e) {
      counter.checked(Outcome.THROTTLED);
      throw e;
    }
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    return find(realm, ref)
        .thenCompose(found -> verdict(realm, ref, found, password, attempt, end))
        .whenComplete((verdict, failure) -> end(attempt, verdict, failure))
        .thenApply(verdict -> answered(realm, verdict, password));
  }

  private CompletableFuture<Optional<Credentials>> find(Realm realm, AccountRef ref) {
    try {
      return CompletableFuture.supplyAsync(() -> store.credentials(realm, ref), blocking);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(RefusedException.of(Refusal.OVERLOADED));
    }
  }

  private CompletableFuture<Verdict> verdict(
      Realm realm,
      AccountRef ref,
      Optional<Credentials> found,
      Secret password,
      Attempt attempt,
      long end) {
    byte[] digest = digest(realm, ref, found);
    attempt.isFor(found.isPresent(), HexFormat.of().formatHex(digest));
    Optional<Secret> own = found.flatMap(Credentials::passwordHash);
    return hashing
        .matchesWithin(
            Duration.ofNanos(end - System.nanoTime()),
            own.orElseGet(() -> standIns.choose(realm, digest)),
            password)
        .thenApply(
            matches ->
                new Verdict(outcome(found, own.isPresent() && matches && fits(password)), found));
  }

  /**
   * What stands for the account or, where there is none, for the login: nobody can compute it, and
   * nobody can read the login from it.
   */
  private byte[] digest(Realm realm, AccountRef ref, Optional<Credentials> found) {
    String who =
        found
            .map(credentials -> "account\0" + credentials.account().id())
            .orElseGet(() -> "login\0" + NameKeys.fold(ref.text()));
    return sealer.fingerprint((realm.id() + "\0" + who).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean fits(Secret password) {
    return password.reveal().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD_BYTES;
  }

  private static Outcome outcome(Optional<Credentials> found, boolean matches) {
    if (found.isEmpty()) {
      return Outcome.UNKNOWN_ACCOUNT;
    }
    Account account = found.get().account();
    if (account.isDisabled()) {
      return Outcome.DISABLED;
    }
    if (!matches) {
      return Outcome.WRONG_PASSWORD;
    }
    return account.isBanned() ? Outcome.BANNED : Outcome.MATCHED;
  }

  private void end(Attempt attempt, Verdict verdict, Throwable failure) {
    attempt.end(failure == null && verdict.outcome != Outcome.MATCHED);
    if (failure == null) {
      counter.checked(verdict.outcome);
    } else if (failure.getCause() instanceof RefusedException refused
        && refused.refusal() == Refusal.LOGINS_THROTTLED) {
      counter.checked(Outcome.THROTTLED);
    }
  }

  private CheckPasswordResponse answered(Realm realm, Verdict verdict, Secret password) {
    if (verdict.outcome != Outcome.MATCHED) {
      return CheckPasswordResponse.newBuilder()
          .setReason(AccountMessages.mismatch(verdict.outcome))
          .build();
    }
    Credentials credentials = verdict.credentials.orElseThrow();
    Secret hash = credentials.passwordHash().orElseThrow();
    if (PasswordHasher.needsUpgrade(hash, password)) {
      upgrade(realm, credentials.account(), hash, password);
    }
    return CheckPasswordResponse.newBuilder()
        .setMatches(true)
        .setAccount(AccountMessages.account(credentials.account()))
        .build();
  }

  /** Begins to replace a hash. When that fails, the next login tries again. */
  private void upgrade(Realm realm, Account account, Secret hash, Secret password) {
    try {
      CompletableFuture<?> unused =
          hashing
              .hash(password)
              .thenApplyAsync(
                  replacement -> store.replaceHash(realm, account.id(), hash, replacement),
                  blocking)
              .exceptionally(
                  failure -> {
                    LOG.debug("A password's hash was not replaced", failure);
                    return false;
                  });
    } catch (RefusedException e) {
      LOG.debug("A password's hash was not replaced: {}", e.refusal());
    }
  }
}
