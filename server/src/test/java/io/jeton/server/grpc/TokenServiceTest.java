package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.BatchVerifyTokensResponse;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.HexFormat;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.ServedFrom;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code jeton.v1.TokenService} on a real node, as a client sees it. */
class TokenServiceTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  @Test
  void issue_answersWhatWasAskedFor() {
    Instant now = node.clock().instant();
    IssueTokenResponse issued =
        node.tokens()
            .issueToken(
                IssueTokenRequest.newBuilder()
                    .setKind("licence")
                    .setSubject("Zoë 张三 🎫 ")
                    .addScopes("write")
                    .addScopes("read")
                    .addScopes("write")
                    .setAppId("app")
                    .setName("")
                    .setLifetime(Duration.newBuilder().setSeconds(60).setNanos(1_999))
                    .build());
    Token token = issued.getToken();
    assertThat(issued.getSecret()).matches("jt_[0-9A-Za-z]{49}");
    assertThat(Long.parseLong(token.getId())).isBetween(1L, (1L << 53) - 1);
    assertThat(token.getRealm()).isEqualTo("default");
    assertThat(token.getKind()).isEqualTo("licence");
    assertThat(token.getSubject()).isEqualTo("Zoë 张三 🎫 ");
    assertThat(token.getScopesList()).containsExactly("read", "write");
    assertThat(token.getAppId()).isEqualTo("app");
    assertThat(token.hasName()).isTrue();
    assertThat(token.getName()).isEmpty();
    assertThat(token.getIssueTime().getSeconds()).isEqualTo(now.getEpochSecond());
    // To the microsecond, rounded down.
    assertThat(token.getExpireTime().getNanos()).isEqualTo(now.getNano() + 1_000);
    assertThat(get(issued)).isEqualTo(token);
    assertThat(verify(issued.getSecret()).getToken()).isEqualTo(token);
  }

  @Test
  void issue_withNothingSaid_makesAnAnonymousTokenThatDoesNotExpire() {
    Token token = issue(IssueTokenRequest.newBuilder()).getToken();
    assertThat(token.getKind()).isEqualTo("access");
    assertThat(token.getSubject()).isEmpty();
    assertThat(token.hasExpireTime()).isFalse();
    assertThat(token.hasName()).isFalse();
  }

  @Test
  void issue_hex_hasTheLengthAskedFor() {
    assertThat(issue(hex(0)).getSecret()).matches("[0-9a-f]{32}");
    String longest = issue(hex(128)).getSecret();
    assertThat(longest).matches("[0-9a-f]{128}");
    assertThat(verify(longest).getActive()).isTrue();
    for (int wrong : new int[] {2, 30, 33, 129, 130, -1}) {
      assertThat(Failure.of(() -> issue(hex(wrong))).fields()).containsExactly("hex.length");
    }
  }

  @Test
  void issue_supplied_isUniqueWhileLive_andCanBeMadeAgainAfterwards() {
    String code = "LICENCE-1 é";
    assertThat(verify(code).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    IssueTokenResponse first = issue(supplied(code));
    assertThat(first.getSecret()).isEqualTo(code);
    // The absence that was held in memory is gone.
    assertThat(verify(code).getActive()).isTrue();
    assertThat(Failure.of(() -> issue(supplied(code))).kind())
        .isEqualTo("ALREADY_EXISTS TOKEN_EXISTS");
    assertThat(verify(code + " ").getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(verify("licence-1 é").getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(issue(supplied(code).setRealm("other")).getSecret()).isEqualTo(code);

    revoke(first);
    assertThat(verify(code).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
    IssueTokenResponse second = issue(supplied(code));
    assertThat(second.getToken().getId()).isNotEqualTo(first.getToken().getId());
    assertThat(verify(code).getToken().getId()).isEqualTo(second.getToken().getId());
  }

  @Test
  void issue_supplied_mustNotLookLikeOurs() {
    assertThat(Failure.of(() -> issue(supplied("jt_mine"))).fields())
        .containsExactly("supplied.code");
    assertThat(Failure.of(() -> issue(supplied(""))).fields()).containsExactly("supplied.code");
    assertThat(Failure.of(() -> issue(supplied("a\0b"))).fields()).containsExactly("supplied.code");
  }

  @Test
  void issue_expireTimeThatHasCome_isRefused() {
    Instant now = node.clock().instant();
    for (Instant past : List.of(now, now.minusSeconds(1), Instant.EPOCH)) {
      assertThat(
              Failure.of(() -> issue(IssueTokenRequest.newBuilder().setExpireTime(timestamp(past))))
                  .fields())
          .containsExactly("expire_time");
    }
  }

  @Test
  void issue_repeatedWithItsRequestId_answersTheSame_andMakesNoSecond() {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder().setSubject("idempotent").setRequestId("r-1");
    IssueTokenResponse first = issue(request);
    assertThat(issue(request)).isEqualTo(first);
    assertThat(issue(request.clone().setRealm("default"))).isEqualTo(first);
    assertThat(list("idempotent", 10).getTokensCount()).isEqualTo(1);

    assertThat(Failure.of(() -> issue(request.clone().setSubject("other"))).kind())
        .isEqualTo("ALREADY_EXISTS REQUEST_ID_REUSED");
    assertThat(Failure.of(() -> issue(request.clone().setRealm("other"))).kind())
        .isEqualTo("ALREADY_EXISTS REQUEST_ID_REUSED");
    assertThat(verify(first.getSecret()).getActive()).isTrue();
  }

  @Test
  void issue_withOneRequestId_byManyAtOnce_makesOneToken() throws Exception {
    IssueTokenRequest request =
        IssueTokenRequest.newBuilder().setSubject("crowd").setRequestId("r-crowd").build();
    ExecutorService crowd = Executors.newFixedThreadPool(16);
    try {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        calls.add(() -> node.tokens().issueToken(request).getSecret());
      }
      Set<String> secrets = new HashSet<>();
      for (Future<String> answer : crowd.invokeAll(calls)) {
        secrets.add(answer.get());
      }
      assertThat(secrets).hasSize(1);
      assertThat(list("crowd", 10).getTokensCount()).isEqualTo(1);
    } finally {
      crowd.shutdownNow();
    }
  }

  @Test
  void issue_withARequestIdOlderThanADay_makesANewToken() {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder().setSubject("yesterday").setRequestId("r-day");
    IssueTokenResponse first = issue(request);
    node.clock().advance(java.time.Duration.ofHours(24).minusNanos(1_000));
    assertThat(issue(request)).isEqualTo(first);
    node.clock().advance(java.time.Duration.ofNanos(1_000));
    assertThat(issue(request).getSecret()).isNotEqualTo(first.getSecret());
  }

  @Test
  void verify_saysWhereItsFactsWereRead() {
    String secret = issue(IssueTokenRequest.newBuilder()).getSecret();
    assertThat(verify(secret).getServedFrom()).isEqualTo(ServedFrom.SERVED_FROM_STORE);
    assertThat(verify(secret).getServedFrom()).isEqualTo(ServedFrom.SERVED_FROM_CACHE);
    assertThat(verify("jt_nonsense").getServedFrom()).isEqualTo(ServedFrom.SERVED_FROM_UNSPECIFIED);
  }

  @Test
  void verify_rejectsExpired_atExactExpiry() {
    IssueTokenResponse issued =
        issue(IssueTokenRequest.newBuilder().setLifetime(Duration.newBuilder().setSeconds(10)));
    Instant end = node.clock().instant().plusSeconds(10);
    node.clock().set(end.minusNanos(1_000));
    assertThat(verify(issued.getSecret()).getActive()).isTrue();
    node.clock().set(end);
    VerifyTokenResponse late = verify(issued.getSecret());
    assertThat(late.getActive()).isFalse();
    assertThat(late.getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);
    assertThat(late.hasToken()).isFalse();
  }

  /** A verdict that is kept forgets what the next caller asks for (oathkeeper #743). */
  @Test
  void verify_judgesEveryCallByItself() {
    String secret =
        issue(IssueTokenRequest.newBuilder().addScopes("read").setAppId("app")).getSecret();
    VerifyTokenRequest.Builder ask = VerifyTokenRequest.newBuilder().setToken(secret);
    assertThat(reason(ask.clone())).isEqualTo("UNSPECIFIED");
    assertThat(reason(ask.clone().addRequiredScopes("read"))).isEqualTo("UNSPECIFIED");
    assertThat(reason(ask.clone().addRequiredScopes("read").addRequiredScopes("write")))
        .isEqualTo("MISSING_SCOPE");
    assertThat(reason(ask.clone().addRequiredScopes(""))).isEqualTo("MISSING_SCOPE");
    assertThat(reason(ask.clone().setAppId("app"))).isEqualTo("UNSPECIFIED");
    assertThat(reason(ask.clone().setAppId("App"))).isEqualTo("WRONG_APPLICATION");
    assertThat(reason(ask.clone().setAppId("x").addRequiredScopes("write")))
        .isEqualTo("WRONG_APPLICATION");
    assertThat(reason(ask.clone().setRealm("other"))).isEqualTo("UNKNOWN");
    assertThat(reason(ask.clone())).isEqualTo("UNSPECIFIED");
  }

  @Test
  void verify_malformedOfOurs_isNotLookedUp() {
    String secret = issue(IssueTokenRequest.newBuilder()).getSecret();
    for (String broken :
        List.of(
            "jt_",
            secret.substring(0, 51),
            secret + "0",
            secret.substring(0, 51) + (secret.endsWith("0") ? "1" : "0"),
            node.adminKey())) {
      assertThat(verify(broken).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_MALFORMED);
    }
  }

  @Test
  void batchVerify_answersInOrder_andAsVerifyWould() {
    String live = issue(IssueTokenRequest.newBuilder().setSubject("batch")).getSecret();
    IssueTokenResponse gone = issue(IssueTokenRequest.newBuilder());
    revoke(gone);
    BatchVerifyTokensRequest.Builder batch = BatchVerifyTokensRequest.newBuilder();
    for (int i = 0; i < 25; i++) {
      batch.addRequestsBuilder().setToken(live);
      batch.addRequestsBuilder().setToken("unknown " + i);
      batch.addRequestsBuilder().setToken("jt_x");
      batch.addRequestsBuilder().setToken(gone.getSecret());
    }
    BatchVerifyTokensResponse response = node.tokens().batchVerifyTokens(batch.build());
    assertThat(response.getResponsesCount()).isEqualTo(100);
    for (int i = 0; i < 100; i += 4) {
      assertThat(response.getResponses(i).getToken().getSubject()).isEqualTo("batch");
      assertThat(response.getResponses(i + 1).getReason())
          .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
      assertThat(response.getResponses(i + 2).getReason())
          .isEqualTo(InactiveReason.INACTIVE_REASON_MALFORMED);
      assertThat(response.getResponses(i + 3).getReason())
          .isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
    }
    batch.addRequestsBuilder().setToken("one too many");
    assertThat(Failure.of(() -> node.tokens().batchVerifyTokens(batch.build())).fields())
        .containsExactly("requests");
    assertThat(
            Failure.of(
                    () ->
                        node.tokens()
                            .batchVerifyTokens(BatchVerifyTokensRequest.getDefaultInstance()))
                .fields())
        .containsExactly("requests");
  }

  @Test
  void revoke_isObeyedAtOnce_andKeepsItsFirstTime() {
    IssueTokenResponse issued = issue(IssueTokenRequest.newBuilder().setSubject("ended"));
    assertThat(verify(issued.getSecret()).getActive()).isTrue();
    Token revoked = revoke(issued);
    assertThat(revoked.getRevokeTime().getSeconds())
        .isEqualTo(node.clock().instant().getEpochSecond());
    assertThat(verify(issued.getSecret()).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);

    node.clock().advance(java.time.Duration.ofSeconds(5));
    Token again =
        node.tokens()
            .revokeToken(RevokeTokenRequest.newBuilder().setToken(issued.getSecret()).build())
            .getToken();
    assertThat(again).isEqualTo(revoked);
    assertThat(get(issued)).isEqualTo(revoked);
    assertThat(list("ended", 10).getTokensCount()).isZero();
  }

  @Test
  void revoke_bySecret_worksToo_andOnlyInItsRealm() {
    String secret = issue(IssueTokenRequest.newBuilder()).getSecret();
    RevokeTokenRequest.Builder request = RevokeTokenRequest.newBuilder().setToken(secret);
    assertThat(
            Failure.of(() -> node.tokens().revokeToken(request.clone().setRealm("other").build()))
                .kind())
        .isEqualTo("NOT_FOUND TOKEN_NOT_FOUND");
    assertThat(verify(secret).getActive()).isTrue();
    node.tokens().revokeToken(request.build());
    assertThat(verify(secret).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
  }

  @Test
  void get_ofAnotherRealmOrNoToken_findsNothing() {
    IssueTokenResponse issued = issue(IssueTokenRequest.newBuilder());
    for (GetTokenRequest.Builder request :
        List.of(
            GetTokenRequest.newBuilder().setId("1"),
            GetTokenRequest.newBuilder().setId("9999999999999999"),
            GetTokenRequest.newBuilder().setToken("no such"),
            GetTokenRequest.newBuilder().setRealm("other").setId(issued.getToken().getId()),
            GetTokenRequest.newBuilder().setRealm("other").setToken(issued.getSecret()))) {
      assertThat(Failure.of(() -> node.tokens().getToken(request.build())).kind())
          .isEqualTo("NOT_FOUND TOKEN_NOT_FOUND");
    }
  }

  @Test
  void list_pages_withoutLossOrRepetition() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(issue(IssueTokenRequest.newBuilder().setSubject("paged")).getToken().getId());
    }
    List<String> listed = new ArrayList<>();
    String page = "";
    do {
      ListTokensResponse response =
          node.tokens()
              .listTokens(
                  ListTokensRequest.newBuilder()
                      .setSubject("paged")
                      .setPageSize(3)
                      .setPageToken(page)
                      .build());
      response.getTokensList().forEach(token -> listed.add(token.getId()));
      page = response.getNextPageToken();
    } while (!page.isEmpty());
    assertThat(listed).isEqualTo(ids);
  }

  @Test
  void list_ofTheWholeRealm_pagesAcrossSubjects() {
    Set<String> made = new HashSet<>();
    for (String subject : List.of("", "a", "a", "a\0", "ab", "b", "é")) {
      made.add(
          issue(IssueTokenRequest.newBuilder().setRealm("third").setSubject(subject))
              .getToken()
              .getId());
    }
    List<String> subjects = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    String page = "";
    do {
      ListTokensResponse response =
          node.tokens()
              .listTokens(
                  ListTokensRequest.newBuilder()
                      .setRealm("third")
                      .setPageSize(2)
                      .setPageToken(page)
                      .build());
      for (Token token : response.getTokensList()) {
        subjects.add(token.getSubject());
        listed.add(token.getId());
      }
      page = response.getNextPageToken();
    } while (!page.isEmpty());
    assertThat(subjects).containsExactly("", "a", "a", "a\0", "ab", "b", "é");
    assertThat(listed).isEqualTo(made);
  }

  @Test
  void list_withAPageTokenOfAnotherList_isRefused() {
    for (int i = 0; i < 2; i++) {
      issue(IssueTokenRequest.newBuilder().setSubject("mine"));
    }
    String page = list("mine", 1).getNextPageToken();
    assertThat(page).isNotEmpty();
    ListTokensRequest.Builder request = ListTokensRequest.newBuilder().setPageToken(page);
    for (ListTokensRequest.Builder wrong :
        List.of(
            request.clone(),
            request.clone().setSubject("yours"),
            request.clone().setSubject("mine").setRealm("other"),
            request.clone().setSubject("mine").setPageToken("%%"),
            request.clone().setSubject("mine").setPageToken("AAAA"),
            request.clone().setSubject("mine").setPageToken(page.substring(2)))) {
      assertThat(Failure.of(() -> node.tokens().listTokens(wrong.build())).fields())
          .containsExactly("page_token");
    }
  }

  private static IssueTokenResponse issue(IssueTokenRequest.Builder request) {
    return node.tokens().issueToken(request.build());
  }

  private static IssueTokenRequest.Builder hex(int length) {
    return IssueTokenRequest.newBuilder().setHex(HexFormat.newBuilder().setLength(length));
  }

  private static IssueTokenRequest.Builder supplied(String code) {
    return IssueTokenRequest.newBuilder().setSupplied(SuppliedFormat.newBuilder().setCode(code));
  }

  private static VerifyTokenResponse verify(String secret) {
    return node.tokens().verifyToken(VerifyTokenRequest.newBuilder().setToken(secret).build());
  }

  private static String reason(VerifyTokenRequest.Builder request) {
    VerifyTokenResponse response = node.tokens().verifyToken(request.build());
    String reason = response.getReason().name().substring("INACTIVE_REASON_".length());
    assertThat(response.getActive()).isEqualTo(reason.equals("UNSPECIFIED"));
    return reason;
  }

  private static Token revoke(IssueTokenResponse issued) {
    return node.tokens()
        .revokeToken(RevokeTokenRequest.newBuilder().setId(issued.getToken().getId()).build())
        .getToken();
  }

  private static Token get(IssueTokenResponse issued) {
    return node.tokens()
        .getToken(GetTokenRequest.newBuilder().setId(issued.getToken().getId()).build())
        .getToken();
  }

  private static ListTokensResponse list(String subject, int size) {
    return node.tokens()
        .listTokens(ListTokensRequest.newBuilder().setSubject(subject).setPageSize(size).build());
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
