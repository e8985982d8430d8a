package io.jeton.bridge.testing;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.linecorp.armeria.server.Server;
import io.jeton.bridge.Bridge;
import io.jeton.bridge.Client;
import io.jeton.bridge.Instances;
import io.jeton.bridge.Mounted;
import io.jeton.bridge.TrustedProxies;
import io.jeton.v1.Account;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenRequest.Builder;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshWithPair;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.SigningAlgorithm;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A world of a real port in front of a {@link FakeCore}. */
public final class FakeWorld implements World {
  /** As a node has it. */
  private static final int MAX_LINE_BYTES = 32 << 10;

  /** As a node has it. */
  private static final int MAX_HEADER_BYTES = 64 << 10;

  private final SettableClock clock;
  private final FakeCore core;
  private final Server server;

  private FakeWorld(SettableClock clock, FakeCore core, Server server) {
    this.clock = clock;
    this.core = core;
    this.server = server;
  }

  /** A world that begins as a case wants it. Blocks. */
  public static FakeWorld start(Given given) {
    SettableClock clock = new SettableClock(given.start());
    FakeCore core = new FakeCore(clock);
    given
        .accounts()
        .forEach(account -> core.putAccount(account(account, given.start()), account.password()));
    given
        .signingKeys()
        .forEach(
            key ->
                core.addKey(
                    key.realm(),
                    key.name(),
                    key.algorithm(),
                    key.secret().getBytes(StandardCharsets.UTF_8)));
    given.timeZones().forEach(core::setZone);
    given.modules().forEach(each -> core.putModule(FakeGiven.activeModule(each, given.start())));
    given.licences().forEach(each -> core.issueToken(each.request(), Client.BRIDGE).join());
    given.modules().forEach(module -> core.putModule(FakeGiven.module(module, given.start())));
    given.tokens().forEach(token -> core.issueToken(issue(token), Client.BRIDGE).join());
    given
        .applications()
        .forEach(
            each ->
                core.putApplication(
                    FakeGiven.application(each, given.start()),
                    FakeGiven.accessKey(each),
                    FakeGiven.pushSecret(each)));
    given.revokedJtis().forEach(each -> core.revokeJti(each.realm(), each.key(), each.jti()));
    given.sessions().forEach(session -> add(core, session));
    given.imports().forEach(each -> add(core, each));
    List<Mounted> mounts =
        Instances.of(given.contracts(), reference -> reference).mount(core, clock);
    mounts.forEach(mounted -> mounted.contract().prepare().join());
    TrustedProxies proxies = TrustedProxies.of(given.trustedProxies());
    Server server =
        Server.builder()
            .http(0)
            .disableServerHeader()
            .requestTimeoutMillis(0)
            .http1MaxInitialLineLength(MAX_LINE_BYTES)
            .http1MaxHeaderSize(MAX_HEADER_BYTES)
            .gracefulShutdownTimeoutMillis(0, 0)
            .childChannelPipelineCustomizer(Bridge.queries(false))
            .errorHandler(Bridge.failures(mounts, proxies))
            .serviceUnder("/", Bridge.service(mounts, proxies))
            .build();
    server.start().join();
    return new FakeWorld(clock, core, server);
  }

  @Override
  public int port() {
    return server.activeLocalPort();
  }

  @Override
  public void advance(java.time.Duration duration) {
    clock.advance(duration);
  }

  @Override
  public void outage(boolean down) {
    if (down) {
      core.breakDown(ErrorReason.ERROR_REASON_STORE_UNAVAILABLE);
    } else {
      core.restore();
    }
  }

  @Override
  public void disable(String realm, String login) {
    core.end(realm, login, true, false);
  }

  @Override
  public void ban(String realm, String login) {
    core.end(realm, login, false, true);
  }

  @Override
  public void rename(String realm, String login, String name) {
    core.rename(realm, login, name);
  }

  @Override
  public void rotate(String realm, String key) {
    core.addKey(
        realm,
        key,
        SigningAlgorithm.SIGNING_ALGORITHM_HS256,
        UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void revoke(String realm, String token) {
    core.revokeToken(
            RevokeTokenRequest.newBuilder().setRealm(realm).setToken(token).build(), Client.BRIDGE)
        .join();
  }

  @Override
  public void destroySession(String realm, String sid) {
    core.destroySession(realm, sid);
  }

  @Override
  public void revokeLicence(String realm, String token, ModuleScope scope) {
    core.revokeToken(
            RevokeTokenRequest.newBuilder()
                .setRealm(realm)
                .setToken(token)
                .setModuleScope(scope)
                .build(),
            Client.BRIDGE)
        .join();
  }

  @Override
  public void bind(String realm, String token, String login, List<String> scopes) {
    core.bind(
        BindTokenRequest.newBuilder()
            .setRealm(realm)
            .setToken(token)
            .setAccountId(core.accountId(realm, login))
            .addAllScopes(scopes)
            .build());
  }

  @Override
  public String issue(String realm, String issuer) {
    return core.issueToken(
            IssueTokenRequest.newBuilder().setRealm(realm).setIssuer(issuer).build(), Client.BRIDGE)
        .join()
        .getSecret();
  }

  @Override
  public String issueAdministrator(String realm, String appId) {
    return core.issueToken(Administrators.of(realm, appId, clock.instant()), Client.BRIDGE)
        .join()
        .getSecret();
  }

  @Override
  public Optional<String> lastAct(String realm, String token) {
    return core.lastAct(realm, token);
  }

  @Override
  public Optional<String> verify(String realm, String token) {
    return verify(realm, token, "");
  }

  @Override
  public Optional<String> verify(String realm, String token, String appId) {
    VerifyTokenResponse response =
        core.verifyToken(
                VerifyTokenRequest.newBuilder()
                    .setRealm(realm)
                    .setToken(token)
                    .setAppId(appId)
                    .build(),
                Client.BRIDGE)
            .join();
    return response.getActive() ? Optional.of(response.getToken().getSubject()) : Optional.empty();
  }

  /** Does not wait for the event loops, which take their time. */
  @Override
  public void close() {
    server.closeAsync();
  }

  private static void add(FakeCore core, Given.GivenSession session) {
    String account =
        session.account().isEmpty() ? "" : core.accountId(session.realm(), session.account());
    core.putSession(session.realm(), session.sid(), account, session.dataJson(), session.life());
  }

  private static void add(FakeCore core, Given.GivenImport given) {
    Token.Builder token =
        Token.newBuilder()
            .setRealm(given.realm())
            .setIssuer(given.issuer())
            .setImportedId(given.id())
            .setAccountId(core.accountId(given.realm(), given.account()));
    if (given.name() != null) {
      token.setName(given.name());
    }
    given
        .end()
        .ifPresent(
            end ->
                token.setExpireTime(
                    Timestamp.newBuilder()
                        .setSeconds(end.getEpochSecond())
                        .setNanos(end.getNano())));
    core.putToken(token.build(), given.token());
  }

  private static IssueTokenRequest issue(Given.GivenToken token) {
    Builder request =
        IssueTokenRequest.newBuilder()
            .setRealm(token.realm())
            .setIssuer(token.issuer())
            .addAllScopes(token.scopes())
            .setLifetime(duration(token.life()))
            .setSupplied(
                SuppliedFormat.newBuilder()
                    .setCode(token.code())
                    .setRefreshCode(token.refreshCode()))
            .setRefresh(
                RefreshSpec.newBuilder()
                    .setWindow(duration(token.window()))
                    .setPair(RefreshWithPair.getDefaultInstance()));
    return request.build();
  }

  private static Account account(Given.GivenAccount account, Instant start) {
    Instant created = account.created().orElse(start);
    Account.Builder builder =
        Account.newBuilder()
            .setId(account.id())
            .setRealm(account.realm())
            .setHasPassword(!account.password().isEmpty())
            .setDisabled(account.disabled())
            .setBanned(account.banned())
            .setProfile(account.profileJson())
            .setCreateTime(
                Timestamp.newBuilder()
                    .setSeconds(created.getEpochSecond())
                    .setNanos(created.getNano()));
    if (!account.name().isEmpty()) {
      builder.setName(account.name());
    }
    if (!account.email().isEmpty()) {
      builder.setEmail(account.email());
    }
    if (!account.phone().isEmpty()) {
      builder.setPhone(account.phone());
    }
    if (!account.qq().isEmpty()) {
      builder.setQq(account.qq());
    }
    return builder.build();
  }

  private static Duration duration(java.time.Duration duration) {
    return Duration.newBuilder().setSeconds(duration.getSeconds()).build();
  }
}
