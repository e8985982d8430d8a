package io.jeton.bridge.contract.animeloop;

import com.google.protobuf.Timestamp;
import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.bridge.CoreException;
import io.jeton.v1.Account;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.Token;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/** The tokens of an instance in the core. Safe for use by several threads; never blocks. */
final class Tokens {
  private static final int PAGE_SIZE = 1000;

  /** How many tokens of an account can be asked for in one millisecond. */
  private static final int MOST_TRIES = 100;

  /** How many are revoked at the same time. */
  private static final int AT_ONCE = 16;

  private final AnimeloopSettings settings;
  private final Core core;
  private final InstantSource clock;

  Tokens(AnimeloopSettings settings, Core core, InstantSource clock) {
    this.settings = settings;
    this.core = core;
    this.clock = clock;
  }

  /** An account's live tokens, with their secrets, in the order of their creation. */
  CompletableFuture<List<OwnToken>> list(Account account, Client client) {
    return listFrom("", new ArrayList<>(), list(account).setReveal(true), account, client);
  }

  /** Makes a token for an account, besides those that it has. */
  CompletableFuture<OwnToken> create(Account account, Optional<String> name, Client client) {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setAccountId(account.getId())
            .setIssuer(settings.name())
            .setRevealable(true);
    name.ifPresent(request::setName);
    return create(account, request, clock.instant(), MOST_TRIES, client);
  }

  /** Revokes all tokens of an account. */
  CompletableFuture<Void> revokeAll(Account account, Client client) {
    return revoke(account, each -> true, client);
  }

  /** Revokes the token of an account that is called so, if there is one. */
  CompletableFuture<Void> revoke(Account account, long number, Client client) {
    return revoke(account, each -> each.number() == number, client);
  }

  private CompletableFuture<Void> revoke(
      Account account, Predicate<OwnToken> which, Client client) {
    return listFrom("", new ArrayList<>(), list(account), account, client)
        .thenCompose(tokens -> revokeEach(tokens.stream().filter(which).toList(), client));
  }

  /** Two tokens of one millisecond would be the same, so the later one is dated later. */
  private CompletableFuture<OwnToken> create(
      Account account, IssueTokenRequest.Builder request, Instant date, int tries, Client client) {
    return core.issueToken(
            request.setJwt(Jwt.format(settings.name(), account, date)).build(), client)
        .thenApply(issued -> OwnToken.of(issued.getToken(), issued.getSecret()))
        .exceptionallyCompose(
            cause ->
                tries > 1 && isFor(ErrorReason.ERROR_REASON_TOKEN_EXISTS, cause)
                    ? create(account, request, date.plusMillis(1), tries - 1, client)
                    : CompletableFuture.failedFuture(cause));
  }

  private ListTokensRequest.Builder list(Account account) {
    return ListTokensRequest.newBuilder()
        .setRealm(settings.realm())
        .setSubject(account.getId())
        .setIssuer(settings.name())
        .setPageSize(PAGE_SIZE);
  }

  private CompletableFuture<List<OwnToken>> listFrom(
      String page,
      List<OwnToken> before,
      ListTokensRequest.Builder request,
      Account account,
      Client client) {
    return core.listTokens(request.setPageToken(page).build(), client)
        .thenCompose(
            response -> {
              add(before, response, account);
              String next = response.getNextPageToken();
              return next.isEmpty()
                  ? CompletableFuture.completedFuture(before)
                  : listFrom(next, before, request, account, client);
            });
  }

  private void add(List<OwnToken> tokens, ListTokensResponse page, Account account) {
    for (int i = 0; i < page.getTokensCount(); i++) {
      Token token = page.getTokens(i);
      if (token.getAccountId().equals(account.getId()) && isLive(token)) {
        String secret = page.getSecretsCount() > i ? page.getSecrets(i) : "";
        tokens.add(OwnToken.of(token, secret));
      }
    }
  }

  private boolean isLive(Token token) {
    Timestamp end = token.getExpireTime();
    return !token.hasExpireTime()
        || clock.instant().isBefore(Instant.ofEpochSecond(end.getSeconds(), end.getNanos()));
  }

  private CompletableFuture<Void> revokeEach(List<OwnToken> tokens, Client client) {
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (int from = 0; from < tokens.size(); from += AT_ONCE) {
      List<OwnToken> next = tokens.subList(from, Math.min(from + AT_ONCE, tokens.size()));
      done =
          done.thenCompose(
              before ->
                  CompletableFuture.allOf(
                      next.stream()
                          .map(token -> revoke(token, client))
                          .toArray(CompletableFuture<?>[]::new)));
    }
    return done;
  }

  private CompletableFuture<?> revoke(OwnToken token, Client client) {
    RevokeTokenRequest request =
        RevokeTokenRequest.newBuilder().setRealm(settings.realm()).setId(token.id()).build();
    return core.revokeToken(request, client)
        .handle(
            (response, cause) -> {
              // The janitor may have been here.
              if (cause != null && !isFor(ErrorReason.ERROR_REASON_TOKEN_NOT_FOUND, cause)) {
                throw new CompletionException(cause);
              }
              return token;
            });
  }

  private static boolean isFor(ErrorReason reason, Throwable cause) {
    Throwable peeled =
        cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    return peeled instanceof CoreException refused && refused.reason() == reason;
  }
}
