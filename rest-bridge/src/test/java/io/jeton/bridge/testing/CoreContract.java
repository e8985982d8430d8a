package io.jeton.bridge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.bridge.CoreException;
import io.jeton.v1.AccountRef;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.ForeignTokens;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.PasswordMismatch;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RefreshWithPair;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.SetForeignTokensRequest;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.TouchSessionResponse;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every core does, whatever it is made of. */
public abstract class CoreContract {
  private static final Client CLIENT = new Client("192.0.2.7", "contract");
  private static final String ISSUER = "shop";
  private static final String PASSWORD = "sesame-" + ISSUER;

  /** More than the second that a call may take: what a busy machine needs to hand it over. */
  private static final int SOON_SECONDS = 3;

  /** The core; it may serve other tests too. */
  protected abstract Core core();

  /** Adds an account to the realm "default", and answers its id. */
  protected abstract String account(String name, String password, boolean disabled);

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

  private IssueTokenResponse pair() {
    return get(
        core()
            .issueToken(
                IssueTokenRequest.newBuilder()
                    .setIssuer(ISSUER)
                    .setSupplied(
                        SuppliedFormat.newBuilder().setCode(fresh()).setRefreshCode(fresh()))
                    .setRefresh(
                        RefreshSpec.newBuilder()
                            .setWindow(Duration.newBuilder().setSeconds(3600))
                            .setPair(RefreshWithPair.getDefaultInstance()))
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
