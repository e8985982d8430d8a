package io.jeton.bridge.contract.lanying;

import com.google.protobuf.Timestamp;
import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.bridge.CoreException;
import io.jeton.v1.Account;
import io.jeton.v1.CompanionSpec;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The tokens of an instance, in the core. Safe for use by several threads; never blocks. */
final class Tokens {
  private static final CompanionSpec STORE_TOKEN =
      CompanionSpec.newBuilder().setKind("file").addScopes("file:read").build();

  /** How many logins of one user a second has room for. */
  private static final int MOST_IN_A_SECOND = 64;

  private final Settings settings;
  private final Core core;
  private final InstantSource clock;

  Tokens(Settings settings, Core core, InstantSource clock) {
    this.settings = settings;
    this.core = core;
    this.clock = clock;
  }

  /**
   * Makes a user's token and its store token.
   *
   * @return completes exceptionally with a {@link FailureException} when the user has logged in too
   *     often within the second
   */
  CompletableFuture<IssueTokenResponse> issue(Account account, String appId, Client client) {
    return issue(account, appId, clock.instant().truncatedTo(ChronoUnit.SECONDS), 0, client);
  }

  /** The tokens of one user and second differ in their end alone: each later one ends later. */
  private CompletableFuture<IssueTokenResponse> issue(
      Account account, String appId, Instant now, int earlier, Client client) {
    if (earlier == MOST_IN_A_SECOND) {
      return CompletableFuture.failedFuture(new FailureException(Failure.TOO_MANY_REQUESTS));
    }
    return core.issueToken(request(account, appId, now, earlier), client)
        .exceptionallyCompose(
            failure ->
                isTaken(failure)
                    ? issue(account, appId, now, earlier + 1, client)
                    : CompletableFuture.failedFuture(failure));
  }

  private IssueTokenRequest request(Account account, String appId, Instant now, int earlier) {
    Instant end = now.plus(settings.lifetime()).plusSeconds(earlier);
    return IssueTokenRequest.newBuilder()
        .setRealm(settings.realm())
        .setIssuer(settings.name())
        .setAccountId(account.getId())
        .setAppId(appId)
        .setExpireTime(Timestamp.newBuilder().setSeconds(end.getEpochSecond()))
        .setJwt(Jwt.format(settings.name(), appId, account.getId(), now, end))
        .addCompanions(STORE_TOKEN)
        .build();
  }

  private static boolean isTaken(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof CoreException refused
        && refused.reason() == ErrorReason.ERROR_REASON_TOKEN_EXISTS;
  }
}
