package io.jeton.bridge.contract.thinksns;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jeton.bridge.Core;
import io.jeton.bridge.Inquiry;
import io.jeton.v1.Account;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RefreshWithItself;
import io.jeton.v1.ReusePolicy;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The tokens of an instance, in the core. Safe for use by several threads; never blocks. */
final class Tokens {
  private final ThinksnsSettings settings;
  private final Core core;
  private final InstantSource clock;

  Tokens(ThinksnsSettings settings, Core core, InstantSource clock) {
    this.settings = settings;
    this.core = core;
    this.clock = clock;
  }

  /** Makes a token for an account, the first of its family. */
  CompletableFuture<String> issue(Account account, Route route, Inquiry inquiry) {
    Instant now = second();
    Instant end = now.plus(settings.lifetime(route));
    IssueTokenRequest request =
        IssueTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setIssuer(settings.name())
            .setAccountId(account.getId())
            .setExpireTime(timestamp(end))
            .setJwt(
                Jwt.format(
                    settings.name(),
                    issuer(route, inquiry),
                    now,
                    now,
                    end,
                    Long.parseLong(account.getId())))
            .setRefresh(
                RefreshSpec.newBuilder()
                    .setWindow(coreWindow(settings))
                    .setItself(RefreshWithItself.getDefaultInstance()))
            .build();
    return core.issueToken(request, inquiry.client()).thenApply(IssueTokenResponse::getSecret);
  }

  /**
   * Ends a token and makes the next one of its family.
   *
   * @return the next one; empty if the token cannot be refreshed
   */
  CompletableFuture<Optional<String>> refresh(String token, Route route, Inquiry inquiry) {
    Optional<Claims> claims = Claims.read(token).filter(this::isWithinWindow);
    if (claims.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Instant now = second();
    Instant end = now.plus(settings.lifetime(route));
    RefreshTokenRequest request =
        RefreshTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setIssuer(settings.name())
            .setToken(token)
            .setExpireTime(timestamp(end))
            .setJwt(
                Jwt.format(
                    settings.name(),
                    issuer(route, inquiry),
                    claims.get().issuedAt(),
                    now,
                    end,
                    claims.get().subject()))
            .setGrace(Duration.getDefaultInstance())
            .setReuse(ReusePolicy.REUSE_POLICY_REFUSE)
            .build();
    return core.refreshToken(request, inquiry.client())
        .thenApply(
            renewed ->
                Optional.of(renewed)
                    .filter(RefreshTokenResponse::getRefreshed)
                    .map(RefreshTokenResponse::getSecret));
  }

  /**
   * Ends a token.
   *
   * @return whether it was one that is valid, and this call ended it
   */
  CompletableFuture<Boolean> revoke(String token, Inquiry inquiry) {
    if (Claims.read(token).filter(this::hasBegun).isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    VerifyTokenRequest request =
        VerifyTokenRequest.newBuilder().setRealm(settings.realm()).setToken(token).build();
    return core.verifyToken(request, inquiry.client())
        .thenCompose(
            verdict ->
                isOurs(verdict)
                    ? revokeById(verdict.getToken().getId(), inquiry)
                    : CompletableFuture.completedFuture(false));
  }

  /**
   * The refresh window as the core takes it: its end is the first instant that is too late, and
   * here the last that is in time.
   */
  static Duration coreWindow(ThinksnsSettings settings) {
    java.time.Duration window = settings.refreshWindow().plus(1, ChronoUnit.MICROS);
    return Duration.newBuilder().setSeconds(window.getSeconds()).setNanos(window.getNano()).build();
  }

  private CompletableFuture<Boolean> revokeById(String id, Inquiry inquiry) {
    RevokeTokenRequest request =
        RevokeTokenRequest.newBuilder().setRealm(settings.realm()).setId(id).build();
    return core.revokeToken(request, inquiry.client()).thenApply(RevokeTokenResponse::getChanged);
  }

  private boolean isOurs(VerifyTokenResponse verdict) {
    return verdict.getActive() && verdict.getToken().getIssuer().equals(settings.name());
  }

  private boolean isWithinWindow(Claims claims) {
    return !clock.instant().isAfter(claims.issuedAt().plus(settings.refreshWindow()));
  }

  private boolean hasBegun(Claims claims) {
    return !claims.notBefore().isAfter(second());
  }

  private Instant second() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static String issuer(Route route, Inquiry inquiry) {
    return inquiry.baseUrl() + inquiry.prefix() + route.issuerPath();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
  }
}
