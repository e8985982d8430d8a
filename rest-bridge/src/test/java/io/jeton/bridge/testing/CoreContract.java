package io.jeton.bridge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jeton.bridge.Client;
import io.jeton.bridge.CoreException;
import io.jeton.v1.AccountRef;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.Companion;
import io.jeton.v1.CompanionSpec;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.ForeignTokens;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetApplicationResponse;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.Module;
import io.jeton.v1.PasswordMismatch;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RefreshWithItself;
import io.jeton.v1.RefreshWithPair;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.SetForeignTokensRequest;
import io.jeton.v1.SubModule;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.TouchSessionResponse;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every core does, whatever it is made of. */
public abstract class CoreContract extends LicenceCoreContract {
  private static final Client CLIENT = new Client("192.0.2.7", "contract");
  private static final String ISSUER = "shop";
  private static final String PASSWORD = "sesame-" + ISSUER;

  /** More than the second that a call may take: what a busy machine needs to hand it over. */
  private static final int SOON_SECONDS = 3;

  /** Adds an account to the realm "default", and answers its id. */
  protected abstract String account(String name, String password, boolean disabled);

  /** Adds an active module to the realm "default". */
  protected abstract void module(String name, String identification, String subModule);

  /** Adds an application to the realm "default". */
  protected abstract void application(String appId, String accessKey, boolean disabled);

  @Test
  void getModule_findsByFoldedName_andExactIdentification() {
    String name = "Mod-" + fresh();
    module(name, "Ident-" + name, "Kid");

    Module byName = get(core().getModule(named(name.toUpperCase(Locale.ROOT)), CLIENT)).getModule();
    assertThat(byName.getName()).isEqualTo(name);
    assertThat(byName.getRealm()).isEqualTo("default");
    assertThat(byName.getIdentification()).isEqualTo("Ident-" + name);
    assertThat(byName.getDisabled()).isFalse();
    assertThat(byName.hasExpireTime()).isFalse();
    assertThat(byName.getSubModulesList()).extracting(SubModule::getName).containsExactly("Kid");
    assertThat(get(core().getModule(identified("Ident-" + name), CLIENT)).getModule())
        .isEqualTo(byName);
    assertRefused(
        core().getModule(identified("ident-" + name), CLIENT),
        ErrorReason.ERROR_REASON_MODULE_NOT_FOUND);
    assertRefused(
        core().getModule(named(fresh()), CLIENT), ErrorReason.ERROR_REASON_MODULE_NOT_FOUND);
    assertRefused(
        core().getModule(GetModuleRequest.getDefaultInstance(), CLIENT),
        ErrorReason.ERROR_REASON_FIELD_INVALID);
  }

  @Test
  void issue_refusesOneAnonymousTokenTooMany_ofItsIssuer() {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder()
            .setIssuer("i" + fresh().toLowerCase(Locale.ROOT))
            .setMaxAnonymous(2);

    get(core().issueToken(request.build(), CLIENT));
    get(core().issueToken(request.build(), CLIENT));

    assertRefused(
        core().issueToken(request.build(), CLIENT), ErrorReason.ERROR_REASON_QUOTA_EXCEEDED);
    get(core().issueToken(request.clone().setSubject("bob").build(), CLIENT));
    get(core().issueToken(request.clone().setMaxAnonymous(0).build(), CLIENT));
  }

  @Test
  void getApplication_showsSecrets_onlyWhenTheyAreAskedFor() {
    String appId = "app-" + fresh();
    application(appId, "the-access-key", false);
    GetApplicationRequest.Builder request = GetApplicationRequest.newBuilder().setAppId(appId);

    GetApplicationResponse shown = get(core().getApplication(request.build(), CLIENT));
    GetApplicationResponse revealed =
        get(core().getApplication(request.clone().setReveal(true).build(), CLIENT));

    assertThat(shown.getApplication().getAppId()).isEqualTo(appId);
    assertThat(shown.getApplication().getDisabled()).isFalse();
    assertThat(shown.getAccessKeySecret()).isEmpty();
    assertThat(shown.getPushSecret()).isEmpty();
    assertThat(revealed.getAccessKeySecret()).isEqualTo("the-access-key");
    assertThat(revealed.getPushSecret()).matches("[0-9a-f]{64}");
    assertRefused(
        core().getApplication(request.clone().setAppId("APP").build(), CLIENT),
        ErrorReason.ERROR_REASON_APPLICATION_NOT_FOUND);
  }

  @Test
  void disabledApplication_getsNoToken_andItsTokensAreNotActive() {
    String appId = "app-" + fresh();
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder()
            .setAppId(appId)
            .setRefresh(
                RefreshSpec.newBuilder()
                    .setWindow(Duration.newBuilder().setSeconds(60))
                    .setItself(RefreshWithItself.getDefaultInstance()));
    // It need not be registered.
    IssueTokenResponse issued = get(core().issueToken(request.build(), CLIENT));
    assertThat(verify(issued.getSecret()).getActive()).isTrue();

    application(appId, "key", true);

    assertThat(verify(issued.getSecret()).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_APPLICATION_DISABLED);
    assertRefused(
        core().issueToken(request.build(), CLIENT), ErrorReason.ERROR_REASON_APPLICATION_INACTIVE);
    assertThat(
            get(core()
                    .refreshToken(
                        RefreshTokenRequest.newBuilder().setToken(issued.getSecret()).build(),
                        CLIENT))
                .getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_APPLICATION_DISABLED);
  }

  private static GetModuleRequest named(String name) {
    return GetModuleRequest.newBuilder().setName(name).build();
  }

  private static GetModuleRequest identified(String identification) {
    return GetModuleRequest.newBuilder().setIdentification(identification).build();
  }

  /** Adds a session to the realm "default"; without an account for an empty id. */
  protected abstract void session(String sid, String accountId, String data, long lifetimeSeconds);

  @Test
  void issuedToken_isActive_andSaysWhatItWasIssuedWith() {
    IssueTokenResponse issued =
        get(
            core()
                .issueToken(
                    IssueTokenRequest.newBuilder()
                        .setIssuer(ISSUER)
                        .setSubject("bob")
                        .addScopes("read")
                        .build(),
                    CLIENT));

    VerifyTokenResponse verified = verify(issued.getSecret());
    assertThat(verified.getActive()).isTrue();
    assertThat(verified.getToken()).isEqualTo(issued.getToken());
    assertThat(verified.getToken().getIssuer()).isEqualTo(ISSUER);
    assertThat(verified.getToken().getSubject()).isEqualTo("bob");
    assertThat(verified.getToken().getScopesList()).containsExactly("read");
  }

  @Test
  void issueToken_forAnAccount_takesOnlyAnActiveOne() {
    String active = account(fresh(), PASSWORD, false);
    String disabled = account(fresh(), PASSWORD, true);

    assertThat(get(core().issueToken(forAccount(active).build(), CLIENT)).getToken().getAccountId())
        .isEqualTo(active);
    assertRefused(
        core().issueToken(forAccount(disabled).build(), CLIENT),
        ErrorReason.ERROR_REASON_ACCOUNT_INACTIVE);
    assertRefused(
        core().issueToken(forAccount("9007199254740").build(), CLIENT),
        ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND);
    assertRefused(
        core().issueToken(forAccount(active).setSubject("bob").build(), CLIENT),
        ErrorReason.ERROR_REASON_FIELD_INVALID);
  }

  @Test
  void suppliedCode_isIssuedOnce() {
    IssueTokenRequest request =
        IssueTokenRequest.newBuilder()
            .setSupplied(SuppliedFormat.newBuilder().setCode(fresh()))
            .build();
    get(core().issueToken(request, CLIENT));

    assertRefused(core().issueToken(request, CLIENT), ErrorReason.ERROR_REASON_TOKEN_EXISTS);
  }

  @Test
  void verifyToken_saysWhatATokenIsNot() {
    assertThat(verify(fresh()).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(
            get(core()
                    .verifyToken(
                        VerifyTokenRequest.newBuilder()
                            .setToken(pair().getSecret())
                            .addRequiredScopes("write")
                            .build(),
                        CLIENT))
                .getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_MISSING_SCOPE);
  }

  @Test
  void refreshToken_keepsTheToken_andSpendsTheSecret() {
    IssueTokenResponse pair = pair();

    RefreshTokenResponse refreshed = refresh(pair.getRefreshSecret(), ISSUER);

    assertThat(refreshed.getRefreshed()).isTrue();
    assertThat(refreshed.getSecret()).isEqualTo(pair.getSecret());
    assertThat(refreshed.getRefreshSecret()).isNotEqualTo(pair.getRefreshSecret());
    // The answer is owed once more for a while, to whoever did not get it.
    assertThat(refresh(pair.getRefreshSecret(), ISSUER).getRefreshSecret())
        .isEqualTo(refreshed.getRefreshSecret());
    assertThat(verify(pair.getSecret()).getActive()).isTrue();
  }

  @Test
  void refreshToken_ofAnotherIssuer_isUnknown_andChangesNothing() {
    IssueTokenResponse pair = pair();

    assertThat(refresh(pair.getRefreshSecret(), "another").getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(refresh(fresh(), ISSUER).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);

    assertThat(refresh(pair.getRefreshSecret(), ISSUER).getRefreshed()).isTrue();
  }

  @Test
  void revokeToken_endsTheTokenAndWhatRefreshesIt() {
    IssueTokenResponse pair = pair();

    RevokeTokenResponse revoked = get(core().revokeToken(revocation(pair.getSecret()), CLIENT));
    assertThat(revoked.getToken().getId()).isEqualTo(pair.getToken().getId());
    assertThat(revoked.getChanged()).isTrue();
    assertThat(get(core().revokeToken(revocation(pair.getSecret()), CLIENT)).getChanged())
        .isFalse();

    assertThat(verify(pair.getSecret()).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
    assertThat(refresh(pair.getRefreshSecret(), ISSUER).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
    assertRefused(
        core().revokeToken(revocation(fresh()), CLIENT), ErrorReason.ERROR_REASON_TOKEN_NOT_FOUND);
  }

  @Test
  void checkPassword_answersTheAccount_orWhyNot() {
    String name = fresh();
    String id = account(name, PASSWORD, false);
    String disabled = fresh();
    account(disabled, PASSWORD, true);

    CheckPasswordResponse right = check(name, PASSWORD);
    assertThat(right.getMatches()).isTrue();
    assertThat(right.getAccount().getId()).isEqualTo(id);
    assertThat(check(name, "wrong").getReason())
        .isEqualTo(PasswordMismatch.PASSWORD_MISMATCH_WRONG_PASSWORD);
    assertThat(check(disabled, PASSWORD).getReason())
        .isEqualTo(PasswordMismatch.PASSWORD_MISMATCH_DISABLED);
    assertThat(check(fresh(), PASSWORD).getReason())
        .isEqualTo(PasswordMismatch.PASSWORD_MISMATCH_UNKNOWN_ACCOUNT);
  }

  @Test
  void setForeignTokens_setsAndSetsBack_asOftenAsItIsSaid() {
    SetForeignTokensRequest.Builder request = SetForeignTokensRequest.newBuilder().setKey(ISSUER);
    SetForeignTokensRequest none = request.build();
    SetForeignTokensRequest some =
        request
            .setForeignTokens(
                ForeignTokens.newBuilder()
                    .setAcceptUntil(Timestamp.newBuilder().setSeconds(1_800_000_000)))
            .build();

    for (SetForeignTokensRequest each : List.of(some, some, none, none)) {
      assertThat(get(core().setForeignTokens(each, CLIENT))).isNotNull();
    }
  }

  @Test
  void touchSession_showsTheSessionAndItsAccount_andLetsItLast() {
    String account = account(fresh(), PASSWORD, false);
    String sid = fresh();
    session(sid, account, "{\"cart\":[1]}", 60);

    TouchSessionResponse first = touch(sid, 1);
    TouchSessionResponse second = touch(sid, 3600);

    assertThat(first.getSession().getAccountId()).isEqualTo(account);
    assertThat(first.getSession().getRealm()).isEqualTo("default");
    assertThat(first.getSession().getData()).isEqualTo("{\"cart\":[1]}");
    assertThat(first.getAccount().getId()).isEqualTo(account);
    // It was to last for a minute: what asks for less leaves it.
    assertThat(lifetime(first)).isEqualTo(60);
    assertThat(lifetime(second)).isEqualTo(3600);
    assertThat(lifetime(touch(sid, 60))).isEqualTo(3600);
  }

  @Test
  void touchSession_withoutAnAccount_hasNone_andLastsUnlessOnlyActiveOnesDo() {
    String sid = fresh();
    session(sid, "", "{}", 60);

    TouchSessionResponse left =
        get(core().touchSession(touching(sid, 3600).setActiveOnly(true).build(), CLIENT));

    assertThat(left.hasAccount()).isFalse();
    assertThat(left.getSession().getAccountId()).isEmpty();
    assertThat(lifetime(left)).isEqualTo(60);
    assertThat(lifetime(touch(sid, 3600))).isEqualTo(3600);
  }

  @Test
  void touchSession_leavesTheEnd_thatItWouldMoveByLessThanAMinute() {
    String sid = fresh();
    session(sid, "", "{}", 3600);

    assertThat(lifetime(touch(sid, 3659))).isEqualTo(3600);
    assertThat(lifetime(touch(sid, 3660))).isEqualTo(3660);
  }

  @Test
  void touchSession_knowsNoOther() {
    session(fresh(), "", "{}", 60);

    assertRefused(
        core().touchSession(touching(fresh(), 60).build(), CLIENT),
        ErrorReason.ERROR_REASON_SESSION_NOT_FOUND);
    assertRefused(
        core().touchSession(touching(fresh(), 0).build(), CLIENT),
        ErrorReason.ERROR_REASON_FIELD_INVALID);
  }

  /** No account is named: a client of the bridge cannot bring that about, a defect could. */
  @Test
  void refusal_isInTheFuture_neverThrown() {
    assertRefused(
        core().checkPassword(CheckPasswordRequest.getDefaultInstance(), CLIENT),
        ErrorReason.ERROR_REASON_FIELD_INVALID);
  }

  @Test
  void revealableTokens_areListed_withTheirSecrets_inTheirOrder() {
    String subject = fresh();
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder().setIssuer(ISSUER).setSubject(subject);
    IssueTokenResponse first = issue(request.clone().setRevealable(true).setName("one"));
    IssueTokenResponse second = issue(request.clone());
    issue(request.clone().setIssuer("another"));
    ListTokensRequest.Builder list =
        ListTokensRequest.newBuilder().setSubject(subject).setIssuer(ISSUER);

    ListTokensResponse all = get(core().listTokens(list.clone().setReveal(true).build(), CLIENT));
    assertThat(all.getTokensList()).containsExactly(first.getToken(), second.getToken());
    assertThat(all.getSecretsList()).containsExactly(first.getSecret(), "");
    ListTokensResponse page = get(core().listTokens(list.clone().setPageSize(1).build(), CLIENT));
    assertThat(page.getTokensList()).containsExactly(first.getToken());
    assertThat(page.getSecretsList()).isEmpty();
    assertThat(
            get(core()
                    .listTokens(
                        list.clone().setPageSize(1).setPageToken(page.getNextPageToken()).build(),
                        CLIENT))
                .getTokensList())
        .containsExactly(second.getToken());
    get(core().revokeToken(revocation(first.getSecret()), CLIENT));
    assertThat(get(core().listTokens(list.build(), CLIENT)).getTokensList())
        .containsExactly(second.getToken());
    GetTokenRequest shown = GetTokenRequest.newBuilder().setId(second.getToken().getId()).build();
    assertThat(get(core().getToken(shown, CLIENT)).getToken()).isEqualTo(second.getToken());
    assertRefused(
        core().getToken(GetTokenRequest.newBuilder().setToken(fresh()).build(), CLIENT),
        ErrorReason.ERROR_REASON_TOKEN_NOT_FOUND);
  }

  @Test
  void companions_areLikeTheirToken_andEndWithIt() {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder()
            .setIssuer(ISSUER)
            .setSubject("bob")
            .setAppId("app")
            .setLifetime(Duration.newBuilder().setSeconds(60))
            .addCompanions(CompanionSpec.newBuilder().setKind("file").addScopes("file:read"));
    IssueTokenResponse issued = issue(request);

    Companion companion = issued.getCompanions(0);
    assertThat(companion.getToken().getKind()).isEqualTo("file");
    assertThat(companion.getToken().getScopesList()).containsExactly("file:read");
    assertThat(companion.getToken().getSubject()).isEqualTo("bob");
    assertThat(companion.getToken().getAppId()).isEqualTo("app");
    assertThat(companion.getToken().getExpireTime()).isEqualTo(issued.getToken().getExpireTime());
    assertThat(companion.getToken().getFamilyId()).isEqualTo(issued.getToken().getId());
    assertThat(verify(companion.getSecret()).getActive()).isTrue();
    for (String secret : List.of(issued.getSecret(), companion.getSecret())) {
      assertThat(refresh(secret, ISSUER).getReason())
          .isEqualTo(InactiveReason.INACTIVE_REASON_NOT_REFRESHABLE);
    }
    get(core().revokeToken(revocation(companion.getSecret()), CLIENT));
    assertThat(verify(issued.getSecret()).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
    RefreshSpec refresh = pairFor(60);
    assertRefused(
        core().issueToken(request.clone().setRefresh(refresh).build(), CLIENT),
        ErrorReason.ERROR_REASON_FIELD_INVALID);
    assertRefused(
        core()
            .issueToken(
                IssueTokenRequest.newBuilder().setRevealable(true).setRefresh(refresh).build(),
                CLIENT),
        ErrorReason.ERROR_REASON_FIELD_INVALID);
  }

  @Test
  void administrators_actAsOthers_inTheirApplicationOnly() {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder().setSubject("root").setAppId("app");
    String administrator = issue(request.clone().setKind("administrator")).getSecret();
    String user = issue(request.clone()).getSecret();

    assertThat(verdict(act(administrator, "app").setActAsUser("42")).getEffectiveSubject())
        .isEqualTo("42");
    assertThat(verdict(act(administrator, "app").setActAsGroup("7")).getEffectiveSubject())
        .isEqualTo("group/7");
    assertThat(verdict(act(user, "app")).getEffectiveSubject()).isEqualTo("root");
    assertThat(verdict(act(user, "app").setActAsUser("42")).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_NOT_ADMINISTRATOR);
    assertThat(verdict(act(administrator, "other").setActAsUser("42")).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_WRONG_APPLICATION);
    for (VerifyTokenRequest.Builder wrong :
        List.of(
            act(administrator, "").setActAsUser("42"),
            act(administrator, "app").setActAsUser("42").setActAsGroup("7"),
            act(administrator, "app").setActAsUser("0"),
            act(administrator, "app").setActAsUser("9223372036854775808"))) {
      assertRefused(
          core().verifyToken(wrong.build(), CLIENT), ErrorReason.ERROR_REASON_FIELD_INVALID);
    }
  }

  private static VerifyTokenRequest.Builder act(String token, String appId) {
    return VerifyTokenRequest.newBuilder().setToken(token).setAppId(appId);
  }

  private VerifyTokenResponse verdict(VerifyTokenRequest.Builder request) {
    return get(core().verifyToken(request.build(), CLIENT));
  }

  private IssueTokenResponse issue(IssueTokenRequest.Builder request) {
    return get(core().issueToken(request.build(), CLIENT));
  }

  private static RefreshSpec pairFor(long seconds) {
    return RefreshSpec.newBuilder()
        .setWindow(Duration.newBuilder().setSeconds(seconds))
        .setPair(RefreshWithPair.getDefaultInstance())
        .build();
  }

  private IssueTokenResponse pair() {
    return get(
        core()
            .issueToken(
                IssueTokenRequest.newBuilder()
                    .setIssuer(ISSUER)
                    .setSupplied(
                        SuppliedFormat.newBuilder().setCode(fresh()).setRefreshCode(fresh()))
                    .setRefresh(pairFor(3600))
                    .build(),
                CLIENT));
  }

  private static IssueTokenRequest.Builder forAccount(String id) {
    return IssueTokenRequest.newBuilder().setAccountId(id);
  }

  private TouchSessionResponse touch(String sid, long seconds) {
    return get(core().touchSession(touching(sid, seconds).build(), CLIENT));
  }

  private static TouchSessionRequest.Builder touching(String sid, long seconds) {
    return TouchSessionRequest.newBuilder()
        .setSid(sid)
        .setLifetime(Duration.newBuilder().setSeconds(seconds));
  }

  /** Since it was added: the clock stands still. */
  private static long lifetime(TouchSessionResponse response) {
    return response.getSession().getExpireTime().getSeconds()
        - response.getSession().getCreateTime().getSeconds();
  }

  private VerifyTokenResponse verify(String token) {
    return get(core().verifyToken(VerifyTokenRequest.newBuilder().setToken(token).build(), CLIENT));
  }

  private RefreshTokenResponse refresh(String token, String issuer) {
    return get(
        core()
            .refreshToken(
                RefreshTokenRequest.newBuilder().setToken(token).setIssuer(issuer).build(),
                CLIENT));
  }

  private static RevokeTokenRequest revocation(String token) {
    return RevokeTokenRequest.newBuilder().setToken(token).build();
  }

  private CheckPasswordResponse check(String name, String password) {
    return get(
        core()
            .checkPassword(
                CheckPasswordRequest.newBuilder()
                    .setRealm("default")
                    .setAccount(AccountRef.newBuilder().setName(name))
                    .setPassword(password)
                    .build(),
                CLIENT));
  }

  private static String fresh() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static void assertRefused(CompletableFuture<?> answer, ErrorReason reason) {
    assertThatThrownBy(() -> get(answer))
        .isInstanceOfSatisfying(
            CompletionException.class,
            e ->
                assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                        CoreException.class, why -> assertThat(why.reason()).isEqualTo(reason)));
  }

  private static <T> T get(CompletableFuture<T> answer) {
    return answer.copy().orTimeout(SOON_SECONDS, TimeUnit.SECONDS).join();
  }
}
