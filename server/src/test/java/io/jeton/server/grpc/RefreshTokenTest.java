package io.jeton.server.grpc;

import static io.jeton.server.grpc.FamilyCalls.itself;
import static io.jeton.server.grpc.FamilyCalls.pair;
import static io.jeton.server.grpc.FamilyCalls.request;
import static io.jeton.server.grpc.FamilyCalls.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.jeton.server.storage.Race;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.HexFormat;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.ReusePolicy;
import io.jeton.v1.SigningAlgorithm;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code RefreshToken} on a real node, and what {@code IssueToken} makes for it. */
class RefreshTokenTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final long DAY = 86_400;
  private static final InactiveReason UNKNOWN = InactiveReason.INACTIVE_REASON_UNKNOWN;
  private static final InactiveReason REVOKED = InactiveReason.INACTIVE_REASON_REVOKED;
  private static final InactiveReason EXPIRED = InactiveReason.INACTIVE_REASON_EXPIRED;
  private static final InactiveReason SPENT = InactiveReason.INACTIVE_REASON_SPENT;
  private static final InactiveReason NOT_REFRESHABLE =
      InactiveReason.INACTIVE_REASON_NOT_REFRESHABLE;

  private final FamilyCalls calls = new FamilyCalls(node);

  // What is issued.

  @Test
  void issue_ofAPair_answersTwoSecretsOfOneFormat() {
    IssueTokenResponse issued =
        calls.issue(pair(DAY).setHex(HexFormat.getDefaultInstance()).setIssuer("web"));

    Token token = issued.getToken();
    assertThat(issued.getSecret()).matches("[0-9a-f]{32}");
    assertThat(issued.getRefreshSecret()).matches("[0-9a-f]{32}").isNotEqualTo(issued.getSecret());
    assertThat(token.getFamilyId()).isEqualTo(token.getId());
    assertThat(token.getFamilyEndTime().getSeconds())
        .isEqualTo(token.getIssueTime().getSeconds() + DAY);
    assertThat(token.getIssuer()).isEqualTo("web");
    Token refresh = issued.getRefreshToken();
    assertThat(refresh.getKind()).isEqualTo("refresh");
    assertThat(refresh.getFamilyId()).isEqualTo(token.getId());
    assertThat(refresh.getExpireTime()).isEqualTo(token.getFamilyEndTime());
    assertThat(refresh.getSubject()).isEqualTo("alice");
    assertThat(calls.verify(issued.getSecret()).getToken()).isEqualTo(token);
    // It is no token, but it can be shown.
    assertThat(calls.verify(issued.getRefreshSecret()).getReason()).isEqualTo(UNKNOWN);
    assertThat(get(issued.getRefreshSecret())).isEqualTo(refresh);
  }

  @Test
  void issue_ofItself_hasNoSecondSecret() {
    IssueTokenResponse issued = calls.issue(itself(DAY));
    assertThat(issued.getRefreshSecret()).isEmpty();
    assertThat(issued.hasRefreshToken()).isFalse();
    assertThat(issued.getToken().getFamilyId()).isEqualTo(issued.getToken().getId());
  }

  @Test
  void issue_ofAPair_repeatedWithItsRequestId_answersBothSecretsAgain() {
    IssueTokenRequest.Builder request = pair(DAY).setRequestId("pair-1");
    IssueTokenResponse first = calls.issue(request);
    assertThat(first.getRefreshSecret()).isNotEmpty();
    assertThat(calls.issue(request)).isEqualTo(first);
    assertThat(
            Failure.of(() -> calls.issue(request.clone().setRefresh(itself(9).getRefresh())))
                .kind())
        .isEqualTo("ALREADY_EXISTS REQUEST_ID_REUSED");
  }

  @Test
  void issue_takesASecondCodeThatEqualsTheFirst() {
    IssueTokenResponse issued = calls.issue(pair(DAY).setSupplied(codes("twice-1", "twice-1")));
    assertThat(issued.getRefreshSecret()).isEqualTo("twice-1");
    assertThat(calls.verify("twice-1").getActive()).isTrue();

    RefreshTokenResponse refreshed = calls.refresh("twice-1");
    assertThat(refreshed.getSecret()).isEqualTo("twice-1");
    assertThat(refreshed.getRefreshSecret()).startsWith("jt_");
    assertThat(calls.verify("twice-1").getActive()).isTrue();
  }

  @Test
  void issue_makesTheSecondCode_whenNoneIsGiven() {
    assertThat(calls.issue(pair(DAY).setSupplied(codes("once-1", ""))).getRefreshSecret())
        .matches("[0-9a-f]{32}");
  }

  @Test
  void issue_refusesWhatCannotBe() {
    assertThat(fields(pair(DAY).setSupplied(codes("c-1", "jt_x"))))
        .containsExactly("supplied.refresh_code");
    assertThat(fields(itself(DAY).setSupplied(codes("c-2", "r"))))
        .containsExactly("supplied.refresh_code");
    assertThat(fields(pair(0))).containsExactly("refresh.window");
    assertThat(fields(pair(DAY).setRefresh(pair(DAY).getRefresh().toBuilder().clearWith())))
        .containsExactly("refresh.with");
    JwtFormat.Builder jwt =
        JwtFormat.newBuilder()
            .setKey("k")
            .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_HS256)
            .setHeader(com.google.protobuf.ByteString.copyFromUtf8("{}"))
            .setPayload(com.google.protobuf.ByteString.copyFromUtf8("{}"));
    assertThat(fields(pair(DAY).setJwt(jwt))).containsExactly("jwt");
    assertThat(fields(pair(DAY).setAccountId("5"))).containsExactly("account_id");
  }

  @Test
  void largestPair_isIssuedRefreshedAndRepeated() {
    IssueTokenRequest.Builder request =
        pair(DAY)
            .clearScopes()
            .setSubject("s".repeat(255))
            .setAppId("a".repeat(128))
            .setName("\uD83D\uDE00".repeat(255))
            .setIssuer("i".repeat(63))
            .setRequestId("largest")
            .setSupplied(codes("c".repeat(1_024), "r".repeat(1_024)));
    for (int n = 0; n < 64; n++) {
      request.addScopes(String.format("%03d", n) + "~".repeat(125));
    }
    assertThat(calls.issue(request)).isEqualTo(calls.issue(request));

    RefreshTokenResponse refreshed = calls.refresh("r".repeat(1_024));
    assertThat(refreshed.getToken().getScopesCount()).isEqualTo(64);
    assertThat(calls.refresh("r".repeat(1_024)))
        .isEqualTo(refreshed.toBuilder().setRepeated(true).build());
  }

  // What a refresh does.

  @Test
  void refresh_ofAPair_replacesTheSecond_andMovesTheFirstsEnd() {
    IssueTokenResponse issued = calls.issue(pair(DAY));
    assertThat(calls.verify(issued.getSecret()).getActive()).isTrue();
    node.clock().advance(Duration.ofSeconds(3_600));
    assertThat(calls.verify(issued.getSecret()).getReason()).isEqualTo(EXPIRED);

    RefreshTokenResponse refreshed = calls.refresh(issued.getRefreshSecret());

    assertThat(refreshed.getRefreshed()).isTrue();
    assertThat(refreshed.getRepeated()).isFalse();
    assertThat(refreshed.getSecret()).isEqualTo(issued.getSecret());
    assertThat(refreshed.getRefreshSecret()).isNotEqualTo(issued.getRefreshSecret());
    Token token = refreshed.getToken();
    assertThat(token.toBuilder().clearExpireTime().build())
        .isEqualTo(issued.getToken().toBuilder().clearExpireTime().build());
    assertThat(token.getExpireTime().getSeconds())
        .isEqualTo(node.clock().instant().getEpochSecond() + 3_600);
    VerifyTokenResponse verdict = calls.verify(issued.getSecret());
    assertThat(verdict.getActive()).isTrue();
    assertThat(verdict.getToken()).isEqualTo(token);
    assertThat(calls.refresh(refreshed.getRefreshSecret()).getSecret())
        .isEqualTo(issued.getSecret());
  }

  @Test
  void refresh_ofItself_endsTheOldAtOnce() {
    IssueTokenResponse issued = calls.issue(itself(DAY).setName("n").setAppId("app"));
    assertThat(calls.verify(issued.getSecret()).getActive()).isTrue();

    RefreshTokenResponse refreshed =
        calls.refresh(request(issued.getSecret()).setHex(HexFormat.newBuilder().setLength(64)));

    assertThat(refreshed.getSecret()).matches("[0-9a-f]{64}");
    assertThat(refreshed.getRefreshSecret()).isEmpty();
    assertThat(calls.verify(issued.getSecret()).getReason()).isEqualTo(REVOKED);
    Token token = calls.verify(refreshed.getSecret()).getToken();
    assertThat(token).isEqualTo(refreshed.getToken());
    assertThat(token.toBuilder().clearId().clearIssueTime().clearExpireTime().build())
        .isEqualTo(
            issued.getToken().toBuilder().clearId().clearIssueTime().clearExpireTime().build());
    assertThat(token.getId()).isNotEqualTo(issued.getToken().getId());
  }

  @Test
  void refresh_endsAtExactlyTheFamilysEnd_andGivesTheFullLifetimeBefore() {
    for (IssueTokenRequest.Builder request : List.of(pair(60), itself(60))) {
      IssueTokenResponse early = calls.issue(request);
      IssueTokenResponse late = calls.issue(request);
      node.clock().advance(Duration.ofSeconds(60).minusNanos(1_000));
      Token token = calls.refresh(presented(early)).getToken();
      assertThat(token.getExpireTime().getSeconds())
          .isEqualTo(node.clock().instant().getEpochSecond() + 3_600);
      assertThat(token.getFamilyEndTime()).isEqualTo(early.getToken().getFamilyEndTime());

      node.clock().advance(Duration.ofNanos(1_000));

      assertThat(calls.refusal(request(presented(late)))).isEqualTo(EXPIRED);
      // What is owed within the grace is not given past the end either.
      assertThat(calls.refusal(request(presented(early)))).isEqualTo(EXPIRED);
    }
  }

  @Test
  void refresh_saysWhyNot() {
    IssueTokenResponse pair = calls.issue(pair(DAY).setIssuer("web"));
    IssueTokenResponse plain = calls.issue(IssueTokenRequest.newBuilder().setLifetime(seconds(60)));
    assertThat(calls.refusal(request("nobody-knows-it"))).isEqualTo(UNKNOWN);
    assertThat(calls.refusal(request("jt_damaged")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_MALFORMED);
    assertThat(calls.refusal(request(pair.getRefreshSecret()).setRealm("other")))
        .isEqualTo(UNKNOWN);
    assertThat(calls.refusal(request(pair.getRefreshSecret()).setIssuer("app"))).isEqualTo(UNKNOWN);
    assertThat(calls.refusal(request(plain.getSecret()))).isEqualTo(NOT_REFRESHABLE);
    assertThat(calls.refusal(request(pair.getSecret()))).isEqualTo(NOT_REFRESHABLE);
    assertThat(calls.refresh(request(pair.getRefreshSecret()).setIssuer("web")).getRefreshed())
        .isTrue();
    node.clock().advance(Duration.ofSeconds(60));
    assertThat(calls.refusal(request(plain.getSecret()))).isEqualTo(EXPIRED);
    calls.revoke(plain.getSecret());
    assertThat(calls.refusal(request(plain.getSecret()))).isEqualTo(REVOKED);
  }

  @Test
  void refresh_refusesFieldsOutsideTheirLimits() {
    String secret = calls.issue(pair(DAY)).getRefreshSecret();
    assertThat(Failure.of(() -> calls.refresh("")).fields()).containsExactly("token");
    assertThat(Failure.of(() -> calls.refresh(request(secret).setGrace(seconds(61)))).fields())
        .containsExactly("grace");
    assertThat(Failure.of(() -> calls.refresh(request(secret).setGrace(seconds(-1)))).fields())
        .containsExactly("grace");
    assertThat(Failure.of(() -> calls.refresh(request(secret).setLifetime(seconds(0)))).fields())
        .containsExactly("lifetime");
    JwtFormat.Builder jwt =
        JwtFormat.newBuilder()
            .setKey("k")
            .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_HS256)
            .setHeader(com.google.protobuf.ByteString.copyFromUtf8("{}"))
            .setPayload(com.google.protobuf.ByteString.copyFromUtf8("{}"));
    assertThat(Failure.of(() -> calls.refresh(request(secret).setJwt(jwt))).fields())
        .containsExactly("jwt");
    // None of them has spent it.
    assertThat(calls.refresh(secret).getRefreshed()).isTrue();
  }

  // Grace and reuse.

  @Test
  void refresh_isRepeatedWithinTheGrace_byDefaultTenSeconds() {
    for (IssueTokenRequest.Builder request : List.of(pair(DAY), itself(DAY))) {
      String presented = presented(calls.issue(request));
      RefreshTokenResponse first = calls.refresh(presented);
      RefreshTokenResponse again = first.toBuilder().setRepeated(true).build();
      assertThat(calls.refresh(presented)).isEqualTo(again);
      node.clock().advance(Duration.ofSeconds(10).minusNanos(1_000));
      assertThat(calls.refresh(presented)).isEqualTo(again);
      node.clock().advance(Duration.ofNanos(1_000));
      assertThat(calls.refusal(request(presented))).isEqualTo(SPENT);
    }
  }

  @Test
  void refresh_afterTheGrace_revokesTheFamily_alsoWhatIsHeldInMemory() {
    for (IssueTokenRequest.Builder request : List.of(pair(DAY), itself(DAY))) {
      String presented = presented(calls.issue(request));
      RefreshTokenResponse next = calls.refresh(request(presented).setGrace(seconds(0)));
      assertThat(calls.verify(next.getSecret()).getActive()).isTrue();

      assertThat(calls.refusal(request(presented))).isEqualTo(SPENT);

      assertThat(calls.verify(next.getSecret()).getReason()).isEqualTo(REVOKED);
      assertThat(calls.refusal(request(presented(next)))).isEqualTo(REVOKED);
      assertThat(calls.refusal(request(presented))).isEqualTo(REVOKED);
    }
  }

  @Test
  void refresh_afterTheGrace_changesNothing_whenReuseIsRefused() {
    for (IssueTokenRequest.Builder request : List.of(pair(DAY), itself(DAY))) {
      String presented = presented(calls.issue(request));
      RefreshTokenResponse next = calls.refresh(request(presented).setGrace(seconds(0)));
      for (int n = 0; n < 2; n++) {
        assertThat(calls.refusal(request(presented).setReuse(ReusePolicy.REUSE_POLICY_REFUSE)))
            .isEqualTo(SPENT);
      }
      assertThat(calls.verify(next.getSecret()).getActive()).isTrue();
      assertThat(calls.refresh(presented(next)).getRefreshed()).isTrue();
    }
  }

  @Test
  void refresh_isNotRepeated_onceTheFamilyWasRevoked() {
    for (IssueTokenRequest.Builder request : List.of(pair(DAY), itself(DAY))) {
      String presented = presented(calls.issue(request));
      RefreshTokenResponse next = calls.refresh(presented);
      calls.revoke(next.getSecret());
      assertThat(calls.refusal(request(presented))).isEqualTo(REVOKED);
      assertThat(calls.refusal(request(presented(next)))).isEqualTo(REVOKED);
    }
    // By a secret that is owed its answer still.
    String presented = presented(calls.issue(itself(DAY)));
    RefreshTokenResponse next = calls.refresh(presented);
    calls.revoke(presented);
    assertThat(calls.refusal(request(presented))).isEqualTo(REVOKED);
    assertThat(calls.verify(next.getSecret()).getReason()).isEqualTo(REVOKED);
  }

  @Test
  void revoke_byTheSecondSecret_endsThePair() {
    IssueTokenResponse issued = calls.issue(pair(DAY));
    assertThat(calls.verify(issued.getSecret()).getActive()).isTrue();
    calls.revoke(issued.getRefreshSecret());
    assertThat(calls.verify(issued.getSecret()).getReason()).isEqualTo(REVOKED);
    assertThat(calls.refusal(request(issued.getRefreshSecret()))).isEqualTo(REVOKED);
    assertThat(get(issued.getRefreshSecret()).hasRevokeTime()).isTrue();
  }

  // The pair's token.

  @Test
  void refresh_byThePairsToken_givesTheSameAnswerWithinTheGrace() {
    IssueTokenResponse issued = calls.issue(pair(DAY));
    node.clock().advance(Duration.ofSeconds(3_600));

    RefreshTokenResponse first = calls.refresh(request(issued.getSecret()).setAcceptToken(true));

    assertThat(first.getSecret()).isEqualTo(issued.getSecret());
    assertThat(calls.verify(issued.getSecret()).getActive()).isTrue();
    assertThat(calls.refresh(request(issued.getSecret()).setAcceptToken(true)))
        .isEqualTo(first.toBuilder().setRepeated(true).build());
    // The second secret that it replaced is refused, and that is no reuse within the grace.
    assertThat(calls.refusal(request(issued.getRefreshSecret()))).isEqualTo(SPENT);
    assertThat(calls.verify(issued.getSecret()).getActive()).isTrue();

    node.clock().advance(Duration.ofSeconds(10));
    RefreshTokenResponse second = calls.refresh(request(issued.getSecret()).setAcceptToken(true));
    assertThat(second.getRepeated()).isFalse();
    assertThat(second.getRefreshSecret()).isNotEqualTo(first.getRefreshSecret());
    assertThat(calls.refresh(second.getRefreshSecret()).getRefreshed()).isTrue();
    assertThat(calls.refusal(request(issued.getRefreshSecret()))).isEqualTo(SPENT);
    assertThat(calls.verify(issued.getSecret()).getReason()).isEqualTo(REVOKED);
  }

  @Test
  void refresh_byThePairsToken_isRefused_onceRevoked() {
    IssueTokenResponse issued = calls.issue(pair(DAY));
    calls.refresh(request(issued.getSecret()).setAcceptToken(true));
    calls.revoke(issued.getSecret());
    assertThat(calls.refusal(request(issued.getSecret()).setAcceptToken(true))).isEqualTo(REVOKED);
  }

  @Test
  void refresh_byThePairsToken_isNotRepeated_onceItsRefreshSecretWasSpent() {
    IssueTokenResponse issued = calls.issue(pair(DAY));
    RefreshTokenResponse first = calls.refresh(request(issued.getSecret()).setAcceptToken(true));
    RefreshTokenResponse second = calls.refresh(first.getRefreshSecret());

    RefreshTokenResponse third = calls.refresh(request(issued.getSecret()).setAcceptToken(true));

    assertThat(third.getRefreshed()).isTrue();
    assertThat(third.getRepeated()).isFalse();
    assertThat(third.getRefreshSecret())
        .isNotIn(first.getRefreshSecret(), second.getRefreshSecret());
    assertThat(calls.refresh(third.getRefreshSecret()).getRepeated()).isFalse();
  }

  // Signed tokens.

  @Test
  void refresh_toTheJwtPresented_isRefused_toAllAtOnce_andSpendsNothing() throws Exception {
    String secret = calls.issue(itself(DAY).setJwt(jwt("same"))).getSecret();
    for (Race.Outcome<Failure> outcome :
        Race.run(
            16, n -> () -> Failure.of(() -> calls.refresh(request(secret).setJwt(jwt("same")))))) {
      assertThat(outcome.thrown()).isNull();
      assertThat(outcome.value().kind()).isEqualTo("INVALID_ARGUMENT FIELD_INVALID");
      assertThat(outcome.value().fields()).containsExactly("jwt");
    }
    assertThat(calls.verify(secret).getActive()).isTrue();
    assertThat(calls.refresh(request(secret).setJwt(jwt("next"))).getRefreshed()).isTrue();
  }

  @Test
  void jwt_thatWasSpentOrRevoked_isNeverLiveAgain() {
    String a = calls.issue(itself(DAY).setJwt(jwt("a"))).getSecret();
    String b = calls.refresh(request(a).setJwt(jwt("b"))).getSecret();
    assertThat(Failure.of(() -> calls.refresh(request(b).setJwt(jwt("a")))).kind())
        .isEqualTo("ALREADY_EXISTS TOKEN_EXISTS");
    assertThat(Failure.of(() -> calls.issue(itself(DAY).setJwt(jwt("a")))).kind())
        .isEqualTo("ALREADY_EXISTS TOKEN_EXISTS");
    assertThat(calls.verify(a).getReason()).isEqualTo(REVOKED);
    assertThat(calls.verify(b).getActive()).isTrue();
    calls.revoke(b);
    String c = calls.issue(itself(DAY).setJwt(jwt("c"))).getSecret();
    assertThat(Failure.of(() -> calls.refresh(request(c).setJwt(jwt("b")))).kind())
        .isEqualTo("ALREADY_EXISTS TOKEN_EXISTS");
    assertThat(calls.verify(b).getReason()).isEqualTo(REVOKED);
    assertThat(calls.verify(c).getActive()).isTrue();
  }

  private static JwtFormat jwt(String jti) {
    return JwtFormat.newBuilder()
        .setKey("refreshing")
        .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_HS256)
        .setHeader(ByteString.copyFromUtf8("{\"alg\":\"HS256\"}"))
        .setPayload(ByteString.copyFromUtf8("{\"jti\":\"" + jti + "\"}"))
        .build();
  }

  // Accounts.

  @Test
  void account_mustBeThereAndActive() throws Exception {
    calls.addAccount(41);
    IssueTokenRequest.Builder request = pair(DAY).clearSubject().setAccountId("41");
    IssueTokenResponse issued = calls.issue(request);
    assertThat(issued.getToken().getSubject()).isEqualTo("41");
    assertThat(issued.getToken().getAccountId()).isEqualTo("41");
    assertThat(issued.getRefreshToken().getAccountId()).isEqualTo("41");
    IssueTokenResponse owed = calls.issue(request);
    RefreshTokenResponse refreshed = calls.refresh(owed.getRefreshSecret());
    assertThat(refreshed.getToken().getAccountId()).isEqualTo("41");

    // A ban ends its tokens in the same transaction.
    calls.execute("UPDATE account SET ban_time = 1 WHERE account_id = 41");
    assertThat(calls.refusal(request(issued.getRefreshSecret()))).isEqualTo(REVOKED);
    assertThat(calls.refusal(request(issued.getSecret()).setAcceptToken(true))).isEqualTo(REVOKED);
    calls.execute("UPDATE token SET live = NULL, revoke_time = 1 WHERE account_id = 41");
    assertThat(calls.refusal(request(owed.getRefreshSecret()))).isEqualTo(REVOKED);
    assertThat(Failure.of(() -> calls.issue(request)).kind())
        .isEqualTo("FAILED_PRECONDITION ACCOUNT_INACTIVE");
    for (String unknown : List.of("42", "9999999999999999")) {
      assertThat(Failure.of(() -> calls.issue(request.clone().setAccountId(unknown))).kind())
          .isEqualTo("NOT_FOUND ACCOUNT_NOT_FOUND");
    }
  }

  // Races.

  @Test
  void refresh_ofAPair_by64AtOnce_givesAllTheSame() throws Exception {
    for (int round = 0; round < 50; round++) {
      IssueTokenResponse issued = calls.issue(pair(DAY));
      boolean isByToken = round % 5 == 4;
      String presented = isByToken ? issued.getSecret() : issued.getRefreshSecret();

      List<RefreshTokenResponse> answers =
          race(() -> calls.refresh(request(presented).setAcceptToken(isByToken)));

      assertThat(answers).filteredOn(each -> !each.getRepeated()).hasSize(1);
      assertThat(answers).allMatch(RefreshTokenResponse::getRefreshed);
      assertThat(answers)
          .extracting(RefreshTokenResponse::getRefreshSecret)
          .containsOnly(answers.get(0).getRefreshSecret());
      assertThat(answers)
          .extracting(RefreshTokenResponse::getToken)
          .containsOnly(answers.get(0).getToken());
      assertThat(calls.verify(issued.getSecret()).getActive()).isTrue();
      assertThat(calls.refresh(answers.get(0).getRefreshSecret()).getRefreshed()).isTrue();
    }
  }

  @Test
  void refresh_ofItself_by64AtOnce_withoutGrace_hasOneWinner_whoLives() throws Exception {
    for (int round = 0; round < 50; round++) {
      IssueTokenResponse issued = calls.issue(itself(DAY));

      List<RefreshTokenResponse> answers =
          race(
              () ->
                  calls.refresh(
                      request(issued.getSecret())
                          .setGrace(seconds(0))
                          .setReuse(ReusePolicy.REUSE_POLICY_REFUSE)));

      List<RefreshTokenResponse> won =
          answers.stream().filter(RefreshTokenResponse::getRefreshed).toList();
      assertThat(won).hasSize(1);
      assertThat(answers)
          .filteredOn(each -> !each.getRefreshed())
          .extracting(RefreshTokenResponse::getReason)
          .containsOnly(SPENT);
      assertThat(calls.verify(won.get(0).getSecret()).getActive()).isTrue();
      assertThat(calls.verify(issued.getSecret()).getReason()).isEqualTo(REVOKED);
    }
  }

  private static List<RefreshTokenResponse> race(
      java.util.concurrent.Callable<RefreshTokenResponse> call) throws Exception {
    List<RefreshTokenResponse> answers = new ArrayList<>();
    for (Race.Outcome<RefreshTokenResponse> outcome : Race.run(64, n -> call)) {
      assertThat(outcome.thrown()).isNull();
      answers.add(outcome.value());
    }
    return answers;
  }

  private static String presented(IssueTokenResponse issued) {
    return issued.getRefreshSecret().isEmpty() ? issued.getSecret() : issued.getRefreshSecret();
  }

  private static String presented(RefreshTokenResponse refreshed) {
    return refreshed.getRefreshSecret().isEmpty()
        ? refreshed.getSecret()
        : refreshed.getRefreshSecret();
  }

  private static SuppliedFormat codes(String code, String refreshCode) {
    return SuppliedFormat.newBuilder().setCode(code).setRefreshCode(refreshCode).build();
  }

  private List<String> fields(IssueTokenRequest.Builder request) {
    return Failure.of(() -> calls.issue(request)).fields();
  }

  private static Token get(String secret) {
    return node.tokens().getToken(GetTokenRequest.newBuilder().setToken(secret).build()).getToken();
  }
}
