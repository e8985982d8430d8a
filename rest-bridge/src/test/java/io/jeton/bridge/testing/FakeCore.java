package io.jeton.bridge.testing;

import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.bridge.CoreException;
import io.jeton.v1.Account;
import io.jeton.v1.AccountRef;
import io.jeton.v1.Application;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.BindTokenResponse;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.EnsureAccountRequest;
import io.jeton.v1.EnsureAccountResponse;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.ExtendTokenResponse;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetApplicationResponse;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.GetModuleResponse;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.GetTokenResponse;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.Module;
import io.jeton.v1.PasswordMismatch;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.Session;
import io.jeton.v1.SetForeignTokensRequest;
import io.jeton.v1.SetForeignTokensResponse;
import io.jeton.v1.SigningAlgorithm;
import io.jeton.v1.Token;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.TouchSessionResponse;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A token service in memory, by the rules of {@code jeton.v1}. It keeps secrets in clear and has
 * every realm that is asked for. Safe for use by several threads; answers at once.
 */
public final class FakeCore implements Core {
  private final InstantSource clock;
  private final FakeAccounts accounts = new FakeAccounts();
  private final FakeThrottle throttle = new FakeThrottle();
  private final FakeKeys keys = new FakeKeys();
  private final FakeModules modules = new FakeModules();
  private final FakeApplications applications = new FakeApplications();
  private final List<Act> acts = new ArrayList<>();
  private final FakeTokens tokens;
  private final FakeSessions sessions;
  private Optional<ErrorReason> broken = Optional.empty();

  /** That an administrator acted as somebody, which the service's audit table has. */
  private record Act(String realm, String token, String effectiveSubject) {}

  public FakeCore(InstantSource clock) {
    this.clock = clock;
    this.tokens = new FakeTokens(clock, accounts, keys, applications, new FakeLicences(modules));
    this.sessions = new FakeSessions(clock, accounts);
  }

  /**
   * Adds or replaces an account.
   *
   * @param password its password; empty: it has none
   */
  public synchronized void putAccount(Account account, String password) {
    accounts.put(account, password);
    if (account.getDisabled() || account.getBanned()) {
      tokens.revokeAll(account.getRealm(), account.getId());
    }
  }

  /** Disables or bans an account, which revokes its tokens. */
  public synchronized void end(String realm, String login, boolean disabled, boolean banned) {
    FakeAccounts.Entry entry =
        accounts.find(realm, AccountRef.newBuilder().setLogin(login).build()).orElseThrow();
    putAccount(
        entry.account().toBuilder().setDisabled(disabled).setBanned(banned).build(),
        entry.password());
  }

  /** As whom the holder of a token acted last. */
  public synchronized Optional<String> lastAct(String realm, String token) {
    return acts.stream()
        .filter(act -> act.realm.equals(realm) && act.token.equals(token))
        .reduce((older, newer) -> newer)
        .map(Act::effectiveSubject);
  }

  /** Adds a signing key; the newest of a name signs. */
  public synchronized void addKey(
      String realm, String name, SigningAlgorithm algorithm, byte[] secret) {
    keys.add(realm, name, algorithm, secret);
  }

  /** Says that an original server had revoked a token of this id. */
  public synchronized void revokeJti(String realm, String key, String jti) {
    keys.revokeJti(realm, key, jti);
  }

  /** Adds or replaces a module. */
  public synchronized void putModule(Module module) {
    modules.put(module);
  }

  /** Sets the time zone of a realm; UTC otherwise. */
  public synchronized void setZone(String realm, String zone) {
    modules.setZone(realm, zone);
  }

  /** Adds or replaces an application with its secrets. */
  public synchronized void putApplication(
      Application application, String accessKey, String pushSecret) {
    applications.put(application, accessKey, pushSecret);
  }

  /**
   * Adds a session.
   *
   * @param accountId who is logged in; empty: nobody is
   */
  public synchronized Session putSession(
      String realm, String sid, String accountId, String data, Duration lifetime) {
    return sessions.add(realm, sid, accountId, data, lifetime);
  }

  /** Ends a session, as the website does. */
  public synchronized void destroySession(String realm, String sid) {
    sessions.destroy(realm, sid);
  }

  /** Gives an account another name. */
  public synchronized void rename(String realm, String login, String name) {
    FakeAccounts.Entry entry =
        accounts.find(realm, AccountRef.newBuilder().setLogin(login).build()).orElseThrow();
    putAccount(entry.account().toBuilder().setName(name).build(), entry.password());
  }

  /** Adds a token of an account that an original server made, and reveals it. */
  public synchronized void putToken(Token token, String secret) {
    tokens.put(token, secret);
  }

  /** Lets every call fail from now on. */
  public synchronized void breakDown(ErrorReason reason) {
    broken = Optional.of(reason);
  }

  /** Lets calls succeed again. */
  public synchronized void restore() {
    broken = Optional.empty();
  }

  /** Binds a token, which no contract does. */
  public synchronized Token bind(BindTokenRequest request) {
    return tokens.bind(request);
  }

  /** The id of an account. */
  public synchronized String accountId(String realm, String login) {
    return accounts
        .find(realm, AccountRef.newBuilder().setLogin(login).build())
        .orElseThrow()
        .account()
        .getId();
  }

  @Override
  public CompletableFuture<IssueTokenResponse> issueToken(
      IssueTokenRequest request, Client client) {
    return answer(() -> tokens.issue(request));
  }

  @Override
  public CompletableFuture<VerifyTokenResponse> verifyToken(
      VerifyTokenRequest request, Client client) {
    return answer(() -> verify(request));
  }

  @Override
  public CompletableFuture<RefreshTokenResponse> refreshToken(
      RefreshTokenRequest request, Client client) {
    return answer(() -> tokens.refresh(request));
  }

  @Override
  public CompletableFuture<RevokeTokenResponse> revokeToken(
      RevokeTokenRequest request, Client client) {
    return answer(() -> tokens.revoke(request));
  }

  @Override
  public CompletableFuture<BindTokenResponse> bindToken(BindTokenRequest request, Client client) {
    return answer(() -> BindTokenResponse.newBuilder().setToken(tokens.bind(request)).build());
  }

  @Override
  public CompletableFuture<ExtendTokenResponse> extendToken(
      ExtendTokenRequest request, Client client) {
    return answer(() -> ExtendTokenResponse.newBuilder().setToken(tokens.extend(request)).build());
  }

  @Override
  public CompletableFuture<GetTokenResponse> getToken(GetTokenRequest request, Client client) {
    return answer(() -> tokens.get(request));
  }

  @Override
  public CompletableFuture<ListTokensResponse> listTokens(
      ListTokensRequest request, Client client) {
    return answer(() -> tokens.list(request));
  }

  @Override
  public CompletableFuture<EnsureAccountResponse> ensureAccount(
      EnsureAccountRequest request, Client client) {
    return answer(() -> accounts.ensure(request, clock.instant()));
  }

  @Override
  public CompletableFuture<TouchSessionResponse> touchSession(
      TouchSessionRequest request, Client client) {
    return answer(() -> sessions.touch(request));
  }

  @Override
  public CompletableFuture<GetModuleResponse> getModule(GetModuleRequest request, Client client) {
    return answer(() -> modules.get(request));
  }

  @Override
  public CompletableFuture<GetApplicationResponse> getApplication(
      GetApplicationRequest request, Client client) {
    return answer(() -> applications.get(request));
  }

  @Override
  public CompletableFuture<CheckPasswordResponse> checkPassword(
      CheckPasswordRequest request, Client client) {
    return answer(() -> check(request, client));
  }

  @Override
  public CompletableFuture<SetForeignTokensResponse> setForeignTokens(
      SetForeignTokensRequest request, Client client) {
    return answer(
        () -> {
          keys.trust(
              request.getRealm(),
              request.getKey(),
              request.hasForeignTokens()
                  ? Optional.of(request.getForeignTokens())
                  : Optional.empty());
          return SetForeignTokensResponse.getDefaultInstance();
        });
  }

  private VerifyTokenResponse verify(VerifyTokenRequest request) {
    VerifyTokenResponse response = tokens.verify(request);
    if (FakeActs.isAct(request) && response.getActive()) {
      acts.add(new Act(request.getRealm(), request.getToken(), response.getEffectiveSubject()));
    }
    return response;
  }

  private CheckPasswordResponse check(CheckPasswordRequest request, Client client) {
    Optional<FakeAccounts.Entry> found = accounts.find(request.getRealm(), request.getAccount());
    String login =
        found.map(entry -> entry.account().getId()).orElse(request.getAccount().toString());
    throttle.requireRoom(login, client.address(), clock.instant());
    PasswordMismatch reason = mismatch(found, request.getPassword());
    CheckPasswordResponse.Builder response = CheckPasswordResponse.newBuilder().setReason(reason);
    if (reason == PasswordMismatch.PASSWORD_MISMATCH_UNSPECIFIED) {
      return response.setMatches(true).setAccount(found.orElseThrow().account()).build();
    }
    throttle.failed(login, client.address(), clock.instant());
    return response.build();
  }

  private static PasswordMismatch mismatch(Optional<FakeAccounts.Entry> found, String password) {
    if (found.isEmpty()) {
      return PasswordMismatch.PASSWORD_MISMATCH_UNKNOWN_ACCOUNT;
    }
    FakeAccounts.Entry entry = found.get();
    if (entry.account().getDisabled()) {
      return PasswordMismatch.PASSWORD_MISMATCH_DISABLED;
    }
    if (entry.password().isEmpty() || !entry.password().equals(password)) {
      return PasswordMismatch.PASSWORD_MISMATCH_WRONG_PASSWORD;
    }
    return entry.account().getBanned()
        ? PasswordMismatch.PASSWORD_MISMATCH_BANNED
        : PasswordMismatch.PASSWORD_MISMATCH_UNSPECIFIED;
  }

  private synchronized <T> CompletableFuture<T> answer(Supplier<T> call) {
    if (broken.isPresent()) {
      return CompletableFuture.failedFuture(new CoreException(broken.get()));
    }
    try {
      return CompletableFuture.completedFuture(call.get());
    } catch (CoreException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
