package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.storage.Race;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.Grant;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.Permission;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.RevokeTokensRequest;
import io.jeton.v1.RevokeTokensResponse;
import io.jeton.v1.ServedFrom;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import io.jeton.v1.WholeRealm;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code RevokeTokens} on a real node, and what every other call says of what it ended. */
class RevokeTokensTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final InactiveReason REVOKED = InactiveReason.INACTIVE_REASON_REVOKED;

  private final FamilyCalls calls = new FamilyCalls(node);

  @Test
  void revoke_ofASubject_endsItsTokens_whetherHeldInMemoryOrNot() {
    IssueTokenResponse held = issue("rt-alice");
    IssueTokenResponse absent = issue("rt-alice");
    IssueTokenResponse other = issue("rt-bob");
    assertThat(verify(held).getActive()).isTrue();

    RevokeTokensResponse revoked = revoke(ofSubject("rt-alice"));

    assertThat(verify(held).getReason()).isEqualTo(REVOKED);
    assertThat(verify(held).getServedFrom()).isEqualTo(ServedFrom.SERVED_FROM_CACHE);
    assertThat(verify(absent).getReason()).isEqualTo(REVOKED);
    assertThat(verify(other).getActive()).isTrue();
    assertThat(get(held).getRevokeTime()).isEqualTo(revoked.getRevokeTime());
    assertThat(get(held).getRevokeTime().getSeconds())
        .isEqualTo(node.clock().instant().getEpochSecond());
    assertThat(get(other).hasRevokeTime()).isFalse();
    assertThat(list("rt-alice").getTokensList()).isEmpty();
    assertThat(list("rt-bob").getTokensList()).containsExactly(other.getToken());

    IssueTokenResponse later = issue("rt-alice");
    assertThat(verify(later).getActive()).isTrue();
    assertThat(list("rt-alice").getTokensList()).containsExactly(later.getToken());
    assertThat(verify(held).getReason()).isEqualTo(REVOKED);
  }

  @Test
  void revoke_ofNobody_endsAnonymousTokensAlone() {
    IssueTokenRequest.Builder nobody = IssueTokenRequest.newBuilder().setRealm("third");
    IssueTokenResponse anonymous = calls.issue(nobody);
    IssueTokenResponse alice = calls.issue(nobody.clone().setSubject("rt-third"));

    revoke(ofSubject("").setRealm("third"));

    assertThat(reason("third", anonymous)).isEqualTo(REVOKED);
    assertThat(active("third", alice)).isTrue();
    revoke(ofSubject("rt-third").setRealm("third"));
  }

  @Test
  void revoke_ofAnApplication_aKind_aModule_endsThoseAlone() throws Exception {
    IssueTokenRequest.Builder request = IssueTokenRequest.newBuilder().setSubject("rt-axes");
    IssueTokenResponse app = calls.issue(request.clone().setAppId("rt-app"));
    IssueTokenResponse kind = calls.issue(request.clone().setKind("rt-kind"));
    IssueTokenResponse licence = calls.issue(request.clone());
    IssueTokenResponse plain = calls.issue(request.clone());
    node.modules()
        .createModule(
            CreateModuleRequest.newBuilder()
                .setName("RT-Demo")
                .setIdentification("rt-demo")
                .build());
    calls.execute(
        "UPDATE token SET module_id = (SELECT module_id FROM module WHERE name_key = 'rt-demo')"
            + " WHERE token_id = "
            + licence.getToken().getId());
    List<IssueTokenResponse> all = List.of(app, kind, licence, plain);
    assertThat(all).allMatch(each -> verify(each).getActive());

    revoke(RevokeTokensRequest.newBuilder().setAppId("rt-app"));
    assertThat(all).filteredOn(each -> !verify(each).getActive()).containsExactly(app);
    revoke(RevokeTokensRequest.newBuilder().setKind("rt-kind"));
    assertThat(all).filteredOn(each -> !verify(each).getActive()).containsExactly(app, kind);
    revoke(RevokeTokensRequest.newBuilder().setModule("rt-DEMO"));
    assertThat(all).filteredOn(each -> verify(each).getActive()).containsExactly(plain);
    assertThat(list("rt-axes").getTokensList()).containsExactly(plain.getToken());
  }

  @Test
  void revoke_ofAWholeRealm_endsAllOfIt_andNothingElsewhere() {
    IssueTokenRequest.Builder request = IssueTokenRequest.newBuilder().setSubject("rt-realm");
    IssueTokenResponse there = calls.issue(request.clone().setRealm("third"));
    IssueTokenResponse here = calls.issue(request.clone());

    revoke(
        RevokeTokensRequest.newBuilder()
            .setRealm("third")
            .setWholeRealm(WholeRealm.getDefaultInstance()));

    assertThat(reason("third", there)).isEqualTo(REVOKED);
    assertThat(verify(here).getActive()).isTrue();
    assertThat(
            node.tokens()
                .listTokens(ListTokensRequest.newBuilder().setRealm("third").build())
                .getTokensList())
        .isEmpty();
  }

  @Test
  void batchVerify_refusesEveryOne() {
    BatchVerifyTokensRequest.Builder batch = BatchVerifyTokensRequest.newBuilder();
    for (int n = 0; n < 50; n++) {
      String secret = issue(n % 2 == 0 ? "rt-batch" : "rt-rest").getSecret();
      batch.addRequests(VerifyTokenRequest.newBuilder().setToken(secret));
    }
    revoke(ofSubject("rt-batch"));

    List<VerifyTokenResponse> answers =
        node.tokens().batchVerifyTokens(batch.build()).getResponsesList();
    for (int n = 0; n < 50; n++) {
      assertThat(answers.get(n).getActive()).isEqualTo(n % 2 == 1);
    }
  }

  // Refresh.

  @Test
  void refresh_ofWhatWasEnded_isRefused_alsoWithinTheGrace() {
    IssueTokenResponse itself = calls.issue(FamilyCalls.itself(900).setSubject("rt-refresh"));
    IssueTokenResponse pair = calls.issue(FamilyCalls.pair(900).setSubject("rt-refresh"));
    RefreshTokenResponse next = calls.refresh(itself.getSecret());
    RefreshTokenResponse nextPair = calls.refresh(pair.getRefreshSecret());
    assertThat(calls.refresh(itself.getSecret()).getRepeated()).isTrue();

    revoke(ofSubject("rt-refresh"));

    for (String secret :
        List.of(
            itself.getSecret(),
            next.getSecret(),
            pair.getRefreshSecret(),
            nextPair.getRefreshSecret())) {
      assertThat(calls.refusal(FamilyCalls.request(secret))).isEqualTo(REVOKED);
    }
    assertThat(calls.refusal(FamilyCalls.request(pair.getSecret()).setAcceptToken(true)))
        .isEqualTo(REVOKED);
    assertThat(verify(next.getSecret()).getReason()).isEqualTo(REVOKED);
  }

  @Test
  void refresh_ofAPair_isRefused_whenItsTokensKindWasEnded() {
    IssueTokenResponse pair =
        calls.issue(FamilyCalls.pair(900).setSubject("rt-pair").setKind("rt-login"));
    revoke(RevokeTokensRequest.newBuilder().setKind("rt-login"));

    assertThat(calls.refusal(FamilyCalls.request(pair.getRefreshSecret()))).isEqualTo(REVOKED);
    assertThat(get(pair.getRefreshToken().getId()).hasRevokeTime()).isTrue();
    assertThat(list("rt-pair").getTokensList()).isEmpty();
  }

  @Test
  void refresh_ofADeadFamily_bringsAboutNothing() throws Exception {
    IssueTokenResponse first = calls.issue(FamilyCalls.itself(900).setSubject("rt-reuse"));
    RefreshTokenResponse next =
        calls.refresh(FamilyCalls.request(first.getSecret()).setGrace(FamilyCalls.seconds(0)));
    RevokeTokensResponse revoked = revoke(ofSubject("rt-reuse"));
    node.clock().advance(Duration.ofSeconds(5));

    assertThat(calls.refusal(FamilyCalls.request(first.getSecret()))).isEqualTo(REVOKED);

    assertThat(get(next.getToken().getId()).getRevokeTime()).isEqualTo(revoked.getRevokeTime());
    assertThat(count("token WHERE live = 1 AND token_id = " + next.getToken().getId())).isOne();
  }

  /** Whichever comes first: what a refresh makes of what was ended has ended too. */
  @Test
  void refresh_racingWithTheEnd_bringsNothingToLifeAgain() throws Exception {
    for (int round = 0; round < 40; round++) {
      String subject = "rt-race" + round;
      boolean isPair = round % 2 == 0;
      IssueTokenResponse issued =
          calls.issue(
              (isPair ? FamilyCalls.pair(900) : FamilyCalls.itself(900)).setSubject(subject));
      String refresh = isPair ? issued.getRefreshSecret() : issued.getSecret();
      List<String> made = new ArrayList<>(List.of(issued.getSecret()));
      Race.run(
          2,
          n ->
              () -> {
                if (n == 0) {
                  return revoke(ofSubject(subject));
                }
                String presented = refresh;
                for (int i = 0; i < 5 && !presented.isEmpty(); i++) {
                  RefreshTokenResponse next = calls.refresh(presented);
                  presented = isPair ? next.getRefreshSecret() : next.getSecret();
                  if (next.getRefreshed()) {
                    made.add(next.getSecret());
                    made.add(presented);
                  }
                }
                return made;
              });

      for (String secret : made) {
        assertThat(verify(secret).getActive()).isFalse();
        assertThat(calls.refresh(secret).getRefreshed()).isFalse();
      }
      assertThat(list(subject).getTokensList()).isEmpty();
    }
  }

  @Test
  void issue_thatBeganAfterTheEndWasAnswered_isAlive() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    List<Race.Outcome<Boolean>> outcomes =
        Race.run(
            3,
            n ->
                () -> {
                  if (n == 0) {
                    for (int i = 0; i < 40; i++) {
                      revoke(ofSubject("rt-issue"));
                      assertThat(verify(issue("rt-issue")).getActive()).isTrue();
                    }
                    isOver.set(true);
                  }
                  while (!isOver.get()) {
                    issue("rt-issue");
                  }
                  return true;
                });
    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    revoke(ofSubject("rt-issue"));
    assertThat(list("rt-issue").getTokensList()).isEmpty();
  }

  // The other calls.

  @Test
  void bind_ofWhatWasEnded_isRefused() {
    IssueTokenResponse anonymous = calls.issue(IssueTokenRequest.newBuilder().setAppId("rt-bind"));
    revoke(RevokeTokensRequest.newBuilder().setAppId("rt-bind"));

    BindTokenRequest request =
        BindTokenRequest.newBuilder()
            .setToken(anonymous.getSecret())
            .setSubject("rt-bound")
            .build();
    assertThat(Failure.of(() -> node.tokens().bindToken(request)).reason())
        .isEqualTo("TOKEN_INACTIVE");
    assertThat(verify(anonymous).getReason()).isEqualTo(REVOKED);
  }

  @Test
  void bind_movesATokenOutOfTheReachOfEarlierEnds() {
    IssueTokenResponse anonymous = calls.issue(IssueTokenRequest.newBuilder().setAppId("rt-moved"));
    revoke(ofSubject("rt-moved"));

    node.tokens()
        .bindToken(
            BindTokenRequest.newBuilder()
                .setToken(anonymous.getSecret())
                .setSubject("rt-moved")
                .build());
    assertThat(verify(anonymous).getActive()).isTrue();

    revoke(ofSubject("rt-moved"));
    assertThat(verify(anonymous).getReason()).isEqualTo(REVOKED);
  }

  @Test
  void revokeToken_ofWhatWasEnded_changesNothing() {
    IssueTokenResponse issued = issue("rt-again");
    RevokeTokensResponse revoked = revoke(ofSubject("rt-again"));
    node.clock().advance(Duration.ofSeconds(5));

    RevokeTokenResponse again =
        node.tokens()
            .revokeToken(RevokeTokenRequest.newBuilder().setToken(issued.getSecret()).build());

    assertThat(again.getChanged()).isFalse();
    assertThat(again.getToken().getRevokeTime()).isEqualTo(revoked.getRevokeTime());
  }

  @Test
  void issue_takesACodeThatWasEnded_again() {
    IssueTokenRequest.Builder code =
        IssueTokenRequest.newBuilder()
            .setSubject("rt-code")
            .setSupplied(SuppliedFormat.newBuilder().setCode("RT-CODE-1"));
    IssueTokenResponse first = calls.issue(code);
    assertThat(verify(first).getActive()).isTrue();
    RevokeTokensResponse revoked = revoke(ofSubject("rt-code"));
    assertThat(verify(first).getReason()).isEqualTo(REVOKED);

    IssueTokenResponse second = calls.issue(code);

    assertThat(verify("RT-CODE-1").getToken().getId()).isEqualTo(second.getToken().getId());
    assertThat(get(first).getRevokeTime()).isEqualTo(revoked.getRevokeTime());
    assertThat(Failure.of(() -> calls.issue(code)).reason()).isEqualTo("TOKEN_EXISTS");
  }

  @Test
  void issue_repeatedWithItsRequestId_answersTheSame_andTheTokenStaysEnded() {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder().setSubject("rt-repeat").setRequestId("rt-repeat-1");
    IssueTokenResponse first = calls.issue(request);
    revoke(ofSubject("rt-repeat"));

    assertThat(calls.issue(request)).isEqualTo(first);
    assertThat(verify(first).getReason()).isEqualTo(REVOKED);
    assertThat(list("rt-repeat").getTokensList()).isEmpty();
  }

  // Lists.

  @Test
  void list_goesOnBehindAnyNumberOfEndedTokens_inBoundedPages() throws Exception {
    calls.execute(
        "INSERT INTO token (token_id, realm_id, lookup, live, kind, subject, scopes, app_id,"
            + " issue_time, issuer) SELECT 1000000 + seq, realm_id, UNHEX(SHA2(CONCAT('rt-list',"
            + " seq), 256)), 1, 'access', 'rt-list', '', '', 0, '' FROM realm, seq_1_to_25000"
            + " WHERE realm.name = 'default'");
    assertThat(list("rt-list").getTokensCount()).isEqualTo(50);
    revoke(ofSubject("rt-list"));
    IssueTokenResponse alive = issue("rt-list");

    List<Token> listed = new ArrayList<>();
    int pages = 0;
    String page = "";
    do {
      ListTokensResponse response =
          node.tokens()
              .listTokens(
                  ListTokensRequest.newBuilder()
                      .setSubject("rt-list")
                      .setPageSize(7)
                      .setPageToken(page)
                      .build());
      listed.addAll(response.getTokensList());
      page = response.getNextPageToken();
      pages++;
    } while (!page.isEmpty());

    assertThat(listed).containsExactly(alive.getToken());
    assertThat(pages).isEqualTo(3);
  }

  // The call itself.

  @Test
  void revoke_needsThePermission_andWhatItNames() {
    String key =
        node.callers()
            .createCaller(
                CreateCallerRequest.newBuilder()
                    .setName("rt-lister")
                    .addGrants(
                        Grant.newBuilder()
                            .setRealm("*")
                            .addPermissions(Permission.PERMISSION_LIST)
                            .addPermissions(Permission.PERMISSION_ISSUE))
                    .build())
            .getKey();
    assertThat(
            Failure.of(() -> node.tokens(key).revokeTokens(ofSubject("rt-alice").build())).kind())
        .isEqualTo("PERMISSION_DENIED PERMISSION_MISSING");
    assertThat(Failure.of(() -> revoke(ofSubject("x").setRealm("nowhere"))).kind())
        .isEqualTo("NOT_FOUND REALM_NOT_FOUND");
    assertThat(
            Failure.of(() -> revoke(RevokeTokensRequest.newBuilder().setModule("rt-none"))).kind())
        .isEqualTo("NOT_FOUND MODULE_NOT_FOUND");
    assertThat(Failure.of(() -> revoke(RevokeTokensRequest.newBuilder())).fields())
        .containsExactly("of");
    assertThat(Failure.of(() -> revoke(RevokeTokensRequest.newBuilder().setKind("K"))).fields())
        .containsExactly("kind");
    assertThat(Failure.of(() -> revoke(RevokeTokensRequest.newBuilder().setAppId(""))).fields())
        .containsExactly("app_id");
    assertThat(Failure.of(() -> revoke(ofSubject("é".repeat(128)))).fields())
        .containsExactly("subject");
  }

  @Test
  void revoke_writesOneRow_andNoToken() throws Exception {
    IssueTokenResponse issued = issue("rt-rows");
    revoke(ofSubject("rt-rows"));
    revoke(ofSubject("rt-rows"));

    assertThat(count("epoch WHERE axis = 2 AND name = 'rt-rows'")).isOne();
    assertThat(
            count(
                "token WHERE live = 1 AND revoke_time IS NULL AND token_id = "
                    + issued.getToken().getId()))
        .isOne();
    assertThat(count("audit WHERE action = 'RevokeTokens' AND target = 'subject rt-rows'"))
        .isEqualTo(2);
  }

  /** As when the call's answer was lost on its way from the database. */
  @Test
  void end_thatNobodyWasToldOf_isNoticed() throws Exception {
    IssueTokenResponse held = issue("rt-poll");
    assertThat(verify(held).getActive()).isTrue();
    try (Connection connection = node.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("UPDATE realm SET epoch = epoch + 1 WHERE name = 'default'");
      statement.execute(
          "INSERT INTO epoch SELECT realm_id, 2, 'rt-poll', epoch, 1 FROM realm"
              + " WHERE name = 'default'");
      connection.commit();
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> verify(held).getReason() == REVOKED);
    assertThat(list("rt-poll").getTokensList()).isEmpty();
  }

  private static RevokeTokensRequest.Builder ofSubject(String subject) {
    return RevokeTokensRequest.newBuilder().setSubject(subject);
  }

  private static RevokeTokensResponse revoke(RevokeTokensRequest.Builder request) {
    return node.tokens().revokeTokens(request.build());
  }

  private IssueTokenResponse issue(String subject) {
    return calls.issue(IssueTokenRequest.newBuilder().setSubject(subject));
  }

  private VerifyTokenResponse verify(IssueTokenResponse issued) {
    return calls.verify(issued.getSecret());
  }

  private VerifyTokenResponse verify(String secret) {
    return calls.verify(secret);
  }

  private static VerifyTokenResponse verify(String realm, IssueTokenResponse issued) {
    return node.tokens()
        .verifyToken(
            VerifyTokenRequest.newBuilder().setRealm(realm).setToken(issued.getSecret()).build());
  }

  private static InactiveReason reason(String realm, IssueTokenResponse issued) {
    return verify(realm, issued).getReason();
  }

  private static boolean active(String realm, IssueTokenResponse issued) {
    return verify(realm, issued).getActive();
  }

  private static Token get(IssueTokenResponse issued) {
    return get(issued.getToken().getId());
  }

  private static Token get(String id) {
    return node.tokens().getToken(GetTokenRequest.newBuilder().setId(id).build()).getToken();
  }

  private static ListTokensResponse list(String subject) {
    return node.tokens().listTokens(ListTokensRequest.newBuilder().setSubject(subject).build());
  }

  private static int count(String rows) throws Exception {
    try (Connection connection = node.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + rows)) {
      row.next();
      return row.getInt(1);
    }
  }
}
