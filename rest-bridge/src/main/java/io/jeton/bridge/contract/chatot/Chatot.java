package io.jeton.bridge.contract.chatot;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Duration;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import io.jeton.bridge.Client;
import io.jeton.bridge.Contract;
import io.jeton.bridge.Core;
import io.jeton.bridge.Inquiry;
import io.jeton.bridge.InstanceSettings;
import io.jeton.bridge.RateLimit;
import io.jeton.v1.AccountRef;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.HexFormat;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshWithPair;
import io.jeton.v1.VerifyTokenRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * The contract chatot: {@code POST}, {@code GET} and {@code PUT /token} create, show and refresh a
 * credential.
 */
public final class Chatot implements Contract {
  private static final String PATH = "/token";
  private static final HexFormat HEX = HexFormat.newBuilder().setLength(32).build();

  private final Settings settings;
  private final Core core;
  private final InstantSource clock;
  private final RateLimit creations;

  private Chatot(Settings settings, Core core, InstantSource clock) {
    this.settings = settings;
    this.core = core;
    this.clock = clock;
    this.creations = RateLimit.perMinute(settings.creationsPerMinute(), clock);
  }

  /**
   * What makes the instance of these settings.
   *
   * @throws io.jeton.bridge.SettingsException when a setting cannot be used
   */
  public static BiFunction<Core, InstantSource, Contract> of(InstanceSettings settings) {
    Settings read = Settings.of(settings);
    return (core, clock) -> new Chatot(read, core, clock);
  }

  @Override
  public int claim(String prefix, String path) {
    return isDocumented(path) ? DOCUMENTED : prefix.length();
  }

  @Override
  public CompletableFuture<AggregatedHttpResponse> answer(Inquiry inquiry) {
    return route(inquiry)
        .exceptionally(cause -> Answers.failure(Failures.of(cause), Failures.retryAfter(cause)));
  }

  @Override
  public AggregatedHttpResponse refuse(Inquiry inquiry, Problem problem) {
    return switch (problem) {
      case TOO_LARGE -> Answers.failure(Failure.TOO_LARGE);
      case UNREADABLE -> Answers.failure(Failure.MALFORMED_REQUEST);
      case STRANGE_METHOD -> notFound(inquiry);
      case OUTAGE -> Answers.failure(Failure.OUTAGE);
    };
  }

  private CompletableFuture<AggregatedHttpResponse> route(Inquiry inquiry) {
    return switch (inquiry.headers().method()) {
      case OPTIONS ->
          CompletableFuture.completedFuture(
              Answers.preflight(
                  inquiry.headers().getAll(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS)));
      case POST -> isDocumented(inquiry.path()) ? create(inquiry) : nowhere(inquiry);
      case GET, HEAD -> isDocumented(inquiry.path()) ? show(inquiry) : nowhere(inquiry);
      case PUT -> isDocumented(inquiry.path()) ? refresh(inquiry) : nowhere(inquiry);
      default -> nowhere(inquiry);
    };
  }

  /** POST /token. */
  private CompletableFuture<AggregatedHttpResponse> create(Inquiry inquiry) {
    Optional<Login> login;
    try {
      JsonNode body = Body.read(inquiry);
      login = Login.of(body);
      if (login.isEmpty() && !settings.anonymous()) {
        throw new FailureException(Failure.UNAUTHORIZED);
      }
      RateLimit.Standing standing = creations.take(inquiry.client().address());
      if (!standing.allowed()) {
        throw new FailureException(
            Failure.TOO_MANY_REQUESTS,
            java.time.Duration.between(clock.instant(), standing.resetTime()));
      }
    } catch (FailureException e) {
      return CompletableFuture.failedFuture(e);
    }
    Client client = inquiry.client();
    return login
        .map(each -> account(each, client))
        .orElseGet(() -> CompletableFuture.completedFuture(""))
        .thenCompose(account -> core.issueToken(issue(account), client))
        .thenApply(Answers::created);
  }

  /** The id of the account that a login is for. */
  private CompletableFuture<String> account(Login login, Client client) {
    CheckPasswordRequest request =
        CheckPasswordRequest.newBuilder()
            .setRealm(settings.realm())
            .setAccount(AccountRef.newBuilder().setLogin(login.login()))
            .setPassword(login.password())
            .build();
    return core.checkPassword(request, client)
        .thenApply(
            response -> {
              if (!response.getMatches()) {
                throw new FailureException(Failure.UNAUTHORIZED);
              }
              return response.getAccount().getId();
            });
  }

  private IssueTokenRequest issue(String account) {
    return IssueTokenRequest.newBuilder()
        .setRealm(settings.realm())
        .setAccountId(account)
        .addAllScopes(settings.defaultScopes())
        .setLifetime(duration(settings.lifetime()))
        .setHex(HEX)
        .setIssuer(settings.instance())
        .setMaxAnonymous(settings.anonymousTokens())
        .setRefresh(
            RefreshSpec.newBuilder()
                .setWindow(duration(settings.refreshWindow()))
                .setPair(RefreshWithPair.getDefaultInstance()))
        .build();
  }

  /** GET /token. */
  private CompletableFuture<AggregatedHttpResponse> show(Inquiry inquiry) {
    Optional<String> value = Credential.of(inquiry.headers());
    if (value.isEmpty()) {
      return unauthorized();
    }
    VerifyTokenRequest request =
        VerifyTokenRequest.newBuilder().setRealm(settings.realm()).setToken(value.get()).build();
    return core.verifyToken(request, inquiry.client())
        .thenApply(
            response ->
                response.getActive() && response.getToken().getIssuer().equals(settings.instance())
                    ? Answers.shown(response.getToken())
                    : Answers.failure(Failure.UNAUTHORIZED));
  }

  /** PUT /token. */
  private CompletableFuture<AggregatedHttpResponse> refresh(Inquiry inquiry) {
    Optional<String> refresh = Credential.of(inquiry.headers());
    if (refresh.isEmpty()) {
      return unauthorized();
    }
    RefreshTokenRequest request =
        RefreshTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setToken(refresh.get())
            .setIssuer(settings.instance())
            .setLifetime(duration(settings.lifetime()))
            .setHex(HEX)
            .setGrace(duration(settings.grace()))
            .setReuse(settings.reuse())
            .setAcceptToken(settings.refreshWithValue())
            .build();
    return core.refreshToken(request, inquiry.client())
        .thenApply(
            response ->
                response.getRefreshed()
                    ? Answers.refreshed(response)
                    : Answers.failure(Failure.UNAUTHORIZED));
  }

  private static boolean isDocumented(String path) {
    return path.equalsIgnoreCase(PATH) || path.equalsIgnoreCase(PATH + "/");
  }

  private static CompletableFuture<AggregatedHttpResponse> unauthorized() {
    return CompletableFuture.completedFuture(Answers.failure(Failure.UNAUTHORIZED));
  }

  private static CompletableFuture<AggregatedHttpResponse> nowhere(Inquiry inquiry) {
    return CompletableFuture.completedFuture(notFound(inquiry));
  }

  private static AggregatedHttpResponse notFound(Inquiry inquiry) {
    return Answers.notFound(inquiry.prefix() + inquiry.path());
  }

  private static Duration duration(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }
}
