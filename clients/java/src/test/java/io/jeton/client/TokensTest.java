package io.jeton.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.stub.StreamObserver;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.BatchVerifyTokensResponse;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.BindTokenResponse;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.ExtendTokenResponse;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.GetTokenResponse;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.ReusePolicy;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.RevokeTokensRequest;
import io.jeton.v1.RevokeTokensResponse;
import io.jeton.v1.TokenServiceGrpc.TokenServiceImplBase;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import io.jeton.v1.WholeRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final io.jeton.v1.Token FULL =
      io.jeton.v1.Token.newBuilder()
          .setId("7")
          .setRealm("shop")
          .setKind("refresh")
          .setSubject("alice")
          .addScopes("a")
          .addScopes("b")
          .setAppId("app")
          .setName("")
          .setIssueTime(Timestamp.newBuilder().setSeconds(1).setNanos(2_000))
          .setExpireTime(Timestamp.newBuilder().setSeconds(3))
          .setRevokeTime(Timestamp.newBuilder().setSeconds(2))
          .setIssuer("web")
          .setAccountId("5")
          .setFamilyId("6")
          .setFamilyEndTime(Timestamp.newBuilder().setSeconds(4))
          .setImportedId("0")
          .build();

  private final Fake fake = new Fake();
  private final FakeServer server = new FakeServer(fake);
  private final JetonClient client = server.client();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void issue_sendsEveryField() {
    IssuedToken issued =
        client
            .tokens()
            .issue(
                IssueSpec.builder()
                    .realm("shop")
                    .kind("refresh")
                    .subject("alice")
                    .scopes("b", "a")
                    .appId("app")
                    .name("phone")
                    .lifetime(Duration.ofMillis(1500))
                    .format(new TokenFormat.Hex(64))
                    .requestId("r-1")
                    .build());

    assertThat(issued.secret()).hasToString("****");
    assertThat(issued.secret().reveal()).isEqualTo("s3cret");
    assertThat(issued.token().id()).isEqualTo("7");
    IssueTokenRequest seen = (IssueTokenRequest) fake.seen.get(0);
    assertThat(seen.getRealm()).isEqualTo("shop");
    assertThat(seen.getKind()).isEqualTo("refresh");
    assertThat(seen.getSubject()).isEqualTo("alice");
    assertThat(seen.getScopesList()).containsExactly("b", "a");
    assertThat(seen.getAppId()).isEqualTo("app");
    assertThat(seen.getName()).isEqualTo("phone");
    assertThat(seen.getLifetime().getSeconds()).isEqualTo(1);
    assertThat(seen.getLifetime().getNanos()).isEqualTo(500_000_000);
    assertThat(seen.getHex().getLength()).isEqualTo(64);
    assertThat(seen.getRequestId()).isEqualTo("r-1");
  }

  @Test
  void issue_saysNothing_ofWhatWasLeftOut() {
    client.tokens().issue(IssueSpec.builder().build());

    IssueTokenRequest seen = (IssueTokenRequest) fake.seen.get(0);
    assertThat(seen.hasName()).isFalse();
    assertThat(seen.getExpiryCase()).isEqualTo(IssueTokenRequest.ExpiryCase.EXPIRY_NOT_SET);
    assertThat(seen.getFormatCase()).isEqualTo(IssueTokenRequest.FormatCase.OPAQUE);
  }

  @Test
  void issue_sendsAccountAndHowItIsRefreshed_andGivesBothSecrets() {
    IssuedToken issued =
        client
            .tokens()
            .issue(
                IssueSpec.builder()
                    .accountId("5")
                    .refreshing(new Refreshing.WithPair(Duration.ofDays(30)))
                    .build());
    client
        .tokens()
        .issue(
            IssueSpec.builder()
                .refreshing(new Refreshing.WithItself(Duration.ofSeconds(1)))
                .build());

    assertThat(issued.refresh().orElseThrow().secret().reveal()).isEqualTo("r3fresh");
    assertThat(issued.refresh().orElseThrow().token().id()).isEqualTo("8");
    IssueTokenRequest pair = (IssueTokenRequest) fake.seen.get(0);
    assertThat(pair.getAccountId()).isEqualTo("5");
    assertThat(pair.getRefresh().hasPair()).isTrue();
    assertThat(pair.getRefresh().getWindow().getSeconds()).isEqualTo(30 * 86_400);
    IssueTokenRequest itself = (IssueTokenRequest) fake.seen.get(1);
    assertThat(itself.getRefresh().hasItself()).isTrue();
    assertThat(itself.getRefresh().getWindow().getSeconds()).isEqualTo(1);
  }

  @Test
  void refresh_sendsEveryField_andGivesTheRenewedToken() {
    fake.refresh =
        RefreshTokenResponse.newBuilder()
            .setRefreshed(true)
            .setToken(FULL)
            .setSecret("s3cret")
            .setRefreshToken(FULL.toBuilder().setId("8"))
            .setRefreshSecret("r3fresh")
            .setRepeated(true)
            .build();

    Refresh refresh =
        client
            .tokens()
            .refresh(
                RefreshSpec.builder(Secret.of("old"))
                    .realm("shop")
                    .issuer("web")
                    .lifetime(Duration.ofHours(2))
                    .format(new TokenFormat.Hex(32))
                    .grace(Duration.ZERO)
                    .refuseReused()
                    .acceptToken()
                    .build());

    IssuedToken renewed = refresh.renewed().orElseThrow();
    assertThat(refresh.reason()).isEmpty();
    assertThat(refresh.repeated()).isTrue();
    assertThat(renewed.secret().reveal()).isEqualTo("s3cret");
    assertThat(renewed.refresh().orElseThrow().secret().reveal()).isEqualTo("r3fresh");
    RefreshTokenRequest seen = (RefreshTokenRequest) fake.seen.get(0);
    assertThat(seen.getToken()).isEqualTo("old");
    assertThat(seen.getRealm()).isEqualTo("shop");
    assertThat(seen.getIssuer()).isEqualTo("web");
    assertThat(seen.getLifetime().getSeconds()).isEqualTo(7_200);
    assertThat(seen.getHex().getLength()).isEqualTo(32);
    assertThat(seen.hasGrace()).isTrue();
    assertThat(seen.getGrace().getSeconds()).isZero();
    assertThat(seen.getReuse()).isEqualTo(ReusePolicy.REUSE_POLICY_REFUSE);
    assertThat(seen.getAcceptToken()).isTrue();
  }

  @Test
  void refresh_leavesTheServersDefaults_andSaysWhyNot() {
    fake.refresh =
        RefreshTokenResponse.newBuilder()
            .setReason(io.jeton.v1.InactiveReason.INACTIVE_REASON_SPENT)
            .build();

    Refresh refresh =
        client
            .tokens()
            .refresh(
                RefreshSpec.builder(Secret.of("old")).expireTime(Instant.ofEpochSecond(9)).build());

    assertThat(refresh)
        .isEqualTo(new Refresh(Optional.of(InactiveReason.SPENT), Optional.empty(), false));
    RefreshTokenRequest seen = (RefreshTokenRequest) fake.seen.get(0);
    assertThat(seen.hasGrace()).isFalse();
    assertThat(seen.getAcceptToken()).isFalse();
    assertThat(seen.getReuse()).isEqualTo(ReusePolicy.REUSE_POLICY_REVOKE_FAMILY);
    assertThat(seen.getExpireTime().getSeconds()).isEqualTo(9);
    assertThat(seen.hasOpaque()).isTrue();
  }

  @Test
  void refresh_ofAChosenSecret_cannotBeAskedFor() {
    var spec = RefreshSpec.builder(Secret.of("a")).format(new TokenFormat.Supplied(Secret.of("b")));
    assertThatThrownBy(spec::build).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bind_sendsWhichTokenAndToWhom() {
    Token bound =
        client.tokens().bind(BindSpec.toSubject(TokenRef.id("7").inRealm("shop"), "bob", "a"));
    client.tokens().bind(BindSpec.toAccount(TokenRef.secret(Secret.of("x")), "5"));

    assertThat(bound.id()).isEqualTo("7");
    BindTokenRequest first = (BindTokenRequest) fake.seen.get(0);
    assertThat(first.getId()).isEqualTo("7");
    assertThat(first.getRealm()).isEqualTo("shop");
    assertThat(first.getSubject()).isEqualTo("bob");
    assertThat(first.getScopesList()).containsExactly("a");
    BindTokenRequest second = (BindTokenRequest) fake.seen.get(1);
    assertThat(second.getToken()).isEqualTo("x");
    assertThat(second.getAccountId()).isEqualTo("5");
    assertThat(second.getScopesList()).isEmpty();
  }

  @Test
  void issue_sendsSuppliedCodeAndExpireTime() {
    client
        .tokens()
        .issue(
            IssueSpec.builder()
                .expireTime(Instant.ofEpochSecond(9, 1_000))
                .format(new TokenFormat.Supplied(Secret.of("CODE")))
                .build());

    IssueTokenRequest seen = (IssueTokenRequest) fake.seen.get(0);
    assertThat(seen.getSupplied().getCode()).isEqualTo("CODE");
    assertThat(seen.getExpireTime())
        .isEqualTo(Timestamp.newBuilder().setSeconds(9).setNanos(1_000).build());
  }

  @Test
  void everyCall_carriesTheKeyAndADeadline() {
    client.tokens().verify(Secret.of("x"));

    var headers = server.headers.get(0);
    assertThat(headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)))
        .isEqualTo("Bearer jt_svc_test");
    assertThat(fake.deadlines.get(0)).isBetween(1L, 5_000L);
  }

  @Test
  void issue_withCompanions_givesTheirSecrets() {
    IssuedToken issued =
        client
            .tokens()
            .issue(
                IssueSpec.builder()
                    .revealable()
                    .companion(CompanionSpec.of("file", "file:read"))
                    .companion(CompanionSpec.of("push"))
                    .build());

    assertThat(issued.companions())
        .extracting(companion -> companion.token().kind() + " " + companion.secret().reveal())
        .containsExactly("file c0mpanion", "push c0mpanion");
    IssueTokenRequest seen = (IssueTokenRequest) fake.seen.get(0);
    assertThat(seen.getRevealable()).isTrue();
    assertThat(seen.getCompanions(0).getScopesList()).containsExactly("file:read");
  }

  @Test
  void verify_asAnAdministrator_namesWhomItActsAs() {
    fake.verdict =
        VerifyTokenResponse.newBuilder().setActive(true).setEffectiveSubject("group/9").build();
    VerifySpec spec = VerifySpec.of(Secret.of("x")).forApp("app");

    assertThat(client.tokens().verify(spec.actingAsGroup(9)).effectiveSubject())
        .isEqualTo("group/9");
    client.tokens().verify(spec.actingAsUser(Long.MAX_VALUE));

    assertThat(((VerifyTokenRequest) fake.seen.get(0)).getActAsGroup()).isEqualTo("9");
    VerifyTokenRequest second = (VerifyTokenRequest) fake.seen.get(1);
    assertThat(second.getActAsUser()).isEqualTo("9223372036854775807");
    assertThat(second.getActAsGroup()).isEmpty();
  }

  @Test
  void reveal_givesTheSecretsThatThereAre() {
    assertThat(
            client
                .tokens()
                .reveal(ListSpec.all().madeBy("web").pageSize(2))
                .map(each -> each.token().id() + each.secret().map(Secret::reveal).orElse("")))
        .containsExactly("0", "1secret-1", "2", "3secret-3", "4");
    ListTokensRequest seen = (ListTokensRequest) fake.seen.get(0);
    assertThat(seen.getReveal()).isTrue();
    assertThat(seen.getIssuer()).isEqualTo("web");
    assertThat(seen.hasSubject()).isFalse();
  }

  @Test
  void verify_givesTheToken_whenActive() {
    fake.verdict =
        VerifyTokenResponse.newBuilder()
            .setActive(true)
            .setToken(FULL)
            .setServedFrom(io.jeton.v1.ServedFrom.SERVED_FROM_CACHE)
            .build();

    Verdict verdict =
        client
            .tokens()
            .verify(VerifySpec.of(Secret.of("x")).inRealm("shop").requiring("a").forApp("app"));

    assertThat(verdict.active()).isTrue();
    assertThat(verdict.reason()).isEmpty();
    assertThat(verdict.servedFrom()).isEqualTo(ServedFrom.CACHE);
    assertThat(verdict.token())
        .contains(
            new Token(
                "7",
                "shop",
                "refresh",
                "alice",
                List.of("a", "b"),
                Optional.of("app"),
                Optional.of(""),
                Instant.ofEpochSecond(1, 2_000),
                Optional.of(Instant.ofEpochSecond(3)),
                Optional.of(Instant.ofEpochSecond(2)),
                Optional.of("web"),
                Optional.of("5"),
                Optional.of("6"),
                Optional.of(Instant.ofEpochSecond(4)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("0")));
    VerifyTokenRequest seen = (VerifyTokenRequest) fake.seen.get(0);
    assertThat(seen.getRealm()).isEqualTo("shop");
    assertThat(seen.getRequiredScopesList()).containsExactly("a");
    assertThat(seen.getAppId()).isEqualTo("app");
  }

  @Test
  void licences_areIssuedVerifiedBoundExtendedAndRevoked_inTheirModule() {
    TokenRef ref =
        TokenRef.licence(Secret.of("T1"), new ModuleScope("demo", "kid", "shop")).inRealm("r");
    client.tokens().issue(IssueSpec.builder().module("demo").subModule("kid").build());
    client
        .tokens()
        .verify(VerifySpec.of(Secret.of("T1")).forModule("ident", "kid", "shop").onMachine("PC"));
    client.tokens().bind(BindSpec.toOtherMachine(ref, "PC"));
    client.tokens().extend(ExtendSpec.by(ref, Duration.ofSeconds(-90)));
    client.tokens().extend(ExtendSpec.to(TokenRef.id("7"), Instant.ofEpochSecond(-1)));
    client.tokens().get(ref);
    client.tokens().revoke(ref);

    var scope =
        io.jeton.v1.ModuleScope.newBuilder()
            .setModule("demo")
            .setSubModule("kid")
            .setIssuer("shop")
            .build();
    var issued = (IssueTokenRequest) fake.seen.get(0);
    assertThat(issued.getModule()).isEqualTo("demo");
    assertThat(issued.getSubModule()).isEqualTo("kid");
    assertThat(fake.seen.subList(1, fake.seen.size()))
        .containsExactly(
            VerifyTokenRequest.newBuilder()
                .setToken("T1")
                .setMachine("PC")
                .setModuleIdentification("ident")
                .setSubModule("kid")
                .setIssuer("shop")
                .build(),
            BindTokenRequest.newBuilder()
                .setRealm("r")
                .setToken("T1")
                .setModuleScope(scope)
                .setMachine("PC")
                .setRebind(true)
                .build(),
            ExtendTokenRequest.newBuilder()
                .setRealm("r")
                .setToken("T1")
                .setModuleScope(scope)
                .setBySeconds(-90)
                .build(),
            ExtendTokenRequest.newBuilder()
                .setId("7")
                .setExpireTime(Timestamp.newBuilder().setSeconds(-1))
                .build(),
            GetTokenRequest.newBuilder().setRealm("r").setToken("T1").setModuleScope(scope).build(),
            RevokeTokenRequest.newBuilder()
                .setRealm("r")
                .setToken("T1")
                .setModuleScope(scope)
                .build());
  }

  @Test
  void verify_mapsEveryReason_andUnknownOnesToOther() {
    for (var reason : io.jeton.v1.InactiveReason.values()) {
      var answer = VerifyTokenResponse.newBuilder();
      fake.verdict =
          reason == io.jeton.v1.InactiveReason.UNRECOGNIZED
              ? answer.setReasonValue(99).setServedFromValue(99).build()
              : answer.setReason(reason).build();

      Verdict verdict = client.tokens().verify(Secret.of("x"));

      assertThat(verdict.active()).isFalse();
      assertThat(verdict.token()).isEmpty();
      String expected = reason.name().replace("INACTIVE_REASON_", "");
      assertThat(verdict.reason().orElseThrow().name())
          .isEqualTo(expected.matches("UNSPECIFIED|UNRECOGNIZED") ? "OTHER" : expected);
    }
  }

  @Test
  void verifyAll_splitsIntoHundreds_andKeepsTheOrder() {
    List<VerifySpec> specs =
        IntStream.range(0, 250).mapToObj(i -> VerifySpec.of(Secret.of("t" + i))).toList();

    List<Verdict> verdicts = client.tokens().verifyAll(specs);

    assertThat(fake.seen)
        .extracting(m -> ((BatchVerifyTokensRequest) m).getRequestsCount())
        .containsExactly(100, 100, 50);
    assertThat(verdicts.stream().map(v -> v.token().orElseThrow().id()))
        .isEqualTo(IntStream.range(0, 250).mapToObj(i -> "t" + i).toList());
  }

  @Test
  void verifyAll_callsNobody_forNoTokens() {
    assertThat(client.tokens().verifyAll(List.of())).isEmpty();
    assertThat(fake.seen).isEmpty();
  }

  @Test
  void list_fetchesPages_onlyAsItIsRead() {
    try (Stream<Token> tokens = client.tokens().list(ListSpec.all().about("").pageSize(2))) {
      assertThat(tokens.limit(2).map(Token::id)).containsExactly("0", "1");
    }
    assertThat(fake.seen).hasSize(1);
    assertThat(client.tokens().list(ListSpec.all().about("").pageSize(2)).map(Token::id))
        .containsExactly("0", "1", "2", "3", "4");
    ListTokensRequest last = (ListTokensRequest) fake.seen.get(fake.seen.size() - 1);
    assertThat(last.hasSubject()).isTrue();
    assertThat(last.getPageToken()).isEqualTo("4");
  }

  @Test
  void getAndRevoke_nameTheTokenByIdOrSecret() {
    client.tokens().get(TokenRef.id("7"));
    client.tokens().get(TokenRef.secret(Secret.of("x")).inRealm("shop"));
    Token revoked = client.tokens().revoke(TokenRef.id("7").inRealm("shop"));
    client.tokens().revoke(TokenRef.secret(Secret.of("x")));

    assertThat(((GetTokenRequest) fake.seen.get(0)).getId()).isEqualTo("7");
    assertThat(((GetTokenRequest) fake.seen.get(1)).getToken()).isEqualTo("x");
    assertThat(((GetTokenRequest) fake.seen.get(1)).getRealm()).isEqualTo("shop");
    assertThat(((RevokeTokenRequest) fake.seen.get(2)).getId()).isEqualTo("7");
    assertThat(((RevokeTokenRequest) fake.seen.get(3)).getToken()).isEqualTo("x");
    assertThat(revoked.revokeTime()).contains(Instant.ofEpochSecond(2));
  }

  @Test
  void revokeAll_namesTheGroup() {
    Instant time = client.tokens().revokeAll(TokenGroup.ofSubject("").inRealm("shop"));
    client.tokens().revokeAll(TokenGroup.ofApplication("a"));
    client.tokens().revokeAll(TokenGroup.ofModule("m"));
    client.tokens().revokeAll(TokenGroup.ofKind("k"));
    client.tokens().revokeAll(TokenGroup.wholeRealm());

    assertThat(time).isEqualTo(Instant.ofEpochSecond(3));
    assertThat(fake.seen)
        .isEqualTo(
            List.of(
                RevokeTokensRequest.newBuilder().setSubject("").setRealm("shop").build(),
                RevokeTokensRequest.newBuilder().setAppId("a").build(),
                RevokeTokensRequest.newBuilder().setModule("m").build(),
                RevokeTokensRequest.newBuilder().setKind("k").build(),
                RevokeTokensRequest.newBuilder()
                    .setWholeRealm(WholeRealm.getDefaultInstance())
                    .build()));
  }

  /** Answers at once and keeps what it was asked. */
  private static final class Fake extends TokenServiceImplBase {
    final List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    final List<Long> deadlines = Collections.synchronizedList(new ArrayList<>());
    volatile VerifyTokenResponse verdict = VerifyTokenResponse.getDefaultInstance();
    RefreshTokenResponse refresh = RefreshTokenResponse.getDefaultInstance();

    private <T> void answer(Object request, T response, StreamObserver<T> to) {
      seen.add(request);
      deadlines.add(Context.current().getDeadline().timeRemaining(TimeUnit.MILLISECONDS));
      to.onNext(response);
      to.onCompleted();
    }

    @Override
    public void issueToken(IssueTokenRequest q, StreamObserver<IssueTokenResponse> to) {
      var response = IssueTokenResponse.newBuilder().setToken(FULL).setSecret("s3cret");
      if (q.getRefresh().hasPair()) {
        response.setRefreshToken(FULL.toBuilder().setId("8")).setRefreshSecret("r3fresh");
      }
      for (var companion : q.getCompanionsList()) {
        response
            .addCompanionsBuilder()
            .setSecret("c0mpanion")
            .setToken(FULL.toBuilder().setKind(companion.getKind()));
      }
      answer(q, response.build(), to);
    }

    @Override
    public void refreshToken(RefreshTokenRequest q, StreamObserver<RefreshTokenResponse> to) {
      answer(q, refresh, to);
    }

    @Override
    public void extendToken(ExtendTokenRequest q, StreamObserver<ExtendTokenResponse> to) {
      answer(q, ExtendTokenResponse.getDefaultInstance(), to);
    }

    @Override
    public void bindToken(BindTokenRequest q, StreamObserver<BindTokenResponse> to) {
      answer(q, BindTokenResponse.newBuilder().setToken(FULL).build(), to);
    }

    @Override
    public void verifyToken(VerifyTokenRequest q, StreamObserver<VerifyTokenResponse> to) {
      answer(q, verdict, to);
    }

    @Override
    public void batchVerifyTokens(
        BatchVerifyTokensRequest q, StreamObserver<BatchVerifyTokensResponse> to) {
      var response = BatchVerifyTokensResponse.newBuilder();
      for (VerifyTokenRequest one : q.getRequestsList()) {
        response.addResponsesBuilder().setActive(true).getTokenBuilder().setId(one.getToken());
      }
      answer(q, response.build(), to);
    }

    @Override
    public void getToken(GetTokenRequest q, StreamObserver<GetTokenResponse> to) {
      answer(q, GetTokenResponse.newBuilder().setToken(FULL).build(), to);
    }

    @Override
    public void listTokens(ListTokensRequest q, StreamObserver<ListTokensResponse> to) {
      int from = q.getPageToken().isEmpty() ? 0 : Integer.parseInt(q.getPageToken());
      int end = Math.min(5, from + q.getPageSize());
      var response = ListTokensResponse.newBuilder().setNextPageToken(end < 5 ? "" + end : "");
      for (int i = from; i < end; i++) {
        response.addTokensBuilder().setId("" + i);
        if (q.getReveal()) {
          response.addSecrets(i % 2 == 0 ? "" : "secret-" + i);
        }
      }
      answer(q, response.build(), to);
    }

    @Override
    public void revokeToken(RevokeTokenRequest q, StreamObserver<RevokeTokenResponse> to) {
      answer(q, RevokeTokenResponse.newBuilder().setToken(FULL).build(), to);
    }

    @Override
    public void revokeTokens(RevokeTokensRequest q, StreamObserver<RevokeTokensResponse> to) {
      Timestamp time = Timestamp.newBuilder().setSeconds(3).build();
      answer(q, RevokeTokensResponse.newBuilder().setRevokeTime(time).build(), to);
    }
  }
}
