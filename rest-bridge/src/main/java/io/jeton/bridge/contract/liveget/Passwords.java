package io.jeton.bridge.contract.liveget;

import io.jeton.bridge.Client;
import io.jeton.bridge.RateLimit;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Asks for an instance's password. An address that has given too many wrong ones is refused without
 * a look at the next. A slow hash is computed on threads of its own, and once for the right
 * password: afterwards it is known again by a keyed digest. Safe for use by several threads; never
 * blocks.
 */
final class Passwords {
  private static final Duration WINDOW = Duration.ofMinutes(5);

  /** How long a password may wait for its hash: then there are more than can be checked. */
  private static final int MOST_MILLIS = 700;

  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final Optional<PasswordHash> password;
  private final RateLimit failures;
  private final Executor hashing;
  private final SecretKeySpec key;
  private volatile byte[] known = {};

  /** Takes where slow hashes are computed; it may reject. */
  Passwords(LivegetSettings settings, InstantSource clock, Executor hashing) {
    this.password = settings.password();
    this.failures = RateLimit.per(WINDOW, settings.failedPasswords(), clock);
    this.hashing = hashing;
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HMAC);
  }

  /** Completes when the password is right; otherwise fails with a {@link RefusedException}. */
  CompletableFuture<Void> require(String given, Client client) {
    if (password.isEmpty() || !failures.look(client.address()).allowed()) {
      return CompletableFuture.failedFuture(new RefusedException(Outcome.PASSWORD_INVALID));
    }
    PasswordHash hash = password.get();
    if (!hash.isSlow()) {
      return judged(hash.matches(given), client);
    }
    byte[] digest = digest(given);
    if (MessageDigest.isEqual(digest, known)) {
      return CompletableFuture.completedFuture(null);
    }
    return compare(hash, given, digest, client);
  }

  private CompletableFuture<Void> compare(
      PasswordHash hash, String given, byte[] digest, Client client) {
    try {
      return CompletableFuture.supplyAsync(() -> hash.matches(given), hashing)
          .thenCompose(
              matches -> {
                if (matches) {
                  known = digest;
                }
                return judged(matches, client);
              })
          .copy()
          .orTimeout(MOST_MILLIS, TimeUnit.MILLISECONDS)
          .exceptionallyCompose(
              unused ->
                  CompletableFuture.failedFuture(new RefusedException(Outcome.PASSWORD_INVALID)));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new RefusedException(Outcome.PASSWORD_INVALID));
    }
  }

  private CompletableFuture<Void> judged(boolean matches, Client client) {
    if (matches) {
      return CompletableFuture.completedFuture(null);
    }
    failures.take(client.address());
    return CompletableFuture.failedFuture(new RefusedException(Outcome.PASSWORD_INVALID));
  }

  private byte[] digest(String given) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(given.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }
}
