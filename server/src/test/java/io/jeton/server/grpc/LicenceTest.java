package io.jeton.server.grpc;

import static io.jeton.server.grpc.LicenceCalls.asked;
import static io.jeton.server.grpc.LicenceCalls.binding;
import static io.jeton.server.grpc.LicenceCalls.in;
import static io.jeton.server.grpc.LicenceCalls.licence;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CompanionSpec;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.OpaqueFormat;
import io.jeton.v1.PutSubModuleRequest;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.ServedFrom;
import io.jeton.v1.SubModule;
import io.jeton.v1.Token;
import io.jeton.v1.UpdateModuleRequest;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Licences on a real node: made, verified, shown, revoked, made again. */
class LicenceTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final AtomicInteger MODULES = new AtomicInteger();

  private final LicenceCalls calls = new LicenceCalls(node);
  private String demo;
  private String other;

  @BeforeEach
  void addModules() {
    int n = MODULES.incrementAndGet();
    demo = "Licence-" + n;
    other = "Licence-other-" + n;
    calls.addModule(demo, "Kid", "grown");
    calls.addModule(other);
  }

  @Test
  void issued_isActiveForItsModule_andShownWithItsStoredNames() {
    IssueTokenResponse issued =
        calls.issue(licence(demo.toUpperCase(), "T1").setSubModule("ＫＩＤ").setSubject("7"));

    assertThat(issued.getSecret()).isEqualTo("T1");
    assertThat(issued.getToken().getModule()).isEqualTo(demo);
    assertThat(issued.getToken().getSubModule()).isEqualTo("Kid");
    assertThat(issued.getToken().getMachine()).isEmpty();
    assertThat(issued.getToken().getAccountId()).isEmpty();
    VerifyTokenResponse verified = calls.verify(asked(demo, "T1").setSubModule("kid"));
    assertThat(verified.getActive()).isTrue();
    assertThat(verified.getToken()).isEqualTo(issued.getToken());
    assertThat(verified.getEffectiveSubject()).isEqualTo("7");
    assertThat(calls.verify(asked(demo, "T1").setSubModule("kid")).getServedFrom())
        .isEqualTo(ServedFrom.SERVED_FROM_CACHE);
  }

  @Test
  void code_mayBeginLikeATokenOfJeton() {
    for (String code : List.of("jt_", "jt_mine", "jt_svc_mine")) {
      assertThat(calls.reason(asked(demo, code))).isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
      assertThat(calls.issue(licence(demo, code)).getSecret()).isEqualTo(code);
      assertThat(calls.verify(asked(demo, code)).getActive()).isTrue();
      assertThat(calls.get(demo, code).getModule()).isEqualTo(demo);
      assertThat(calls.revoke(demo, code)).isTrue();
      assertThat(calls.reason(asked(demo, code))).isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
    }
  }

  @Test
  void verify_saysWhyNot_inTheOrderOfTheReasons() {
    calls.issue(licence(demo, "T1").setAppId("app").addScopes("read"));
    calls.bind(binding(demo, "T1", "PC-7"));
    VerifyTokenRequest.Builder wrong =
        asked(demo, "T1").setMachine("PC-8").addRequiredScopes("write");

    assertThat(calls.reason(wrong.clone().setSubModule("none")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_MODULE_NOT_FOUND);
    assertThat(calls.reason(wrong.clone().setModuleIdentification("IDENT-" + demo)))
        .isEqualTo(InactiveReason.INACTIVE_REASON_MODULE_NOT_FOUND);
    assertThat(calls.reason(asked(demo, "t1"))).isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(calls.reason(wrong.clone().setAppId("other")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_WRONG_APPLICATION);
    assertThat(calls.reason(wrong)).isEqualTo(InactiveReason.INACTIVE_REASON_WRONG_MACHINE);
    assertThat(calls.reason(wrong.clone().setMachine("pc-7")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_MISSING_SCOPE);
    assertThat(calls.verify(asked(demo, "T1").setMachine("pc-7").setAppId("app")).getActive())
        .isTrue();

    calls.revoke(demo, "T1");
    assertThat(calls.reason(wrong)).isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
    calls.disable(demo, true);
    assertThat(calls.reason(wrong)).isEqualTo(InactiveReason.INACTIVE_REASON_MODULE_OVERDUE);
    assertThat(calls.reason(asked(demo, "absent")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_MODULE_OVERDUE);
  }

  @Test
  void verify_rejectsExpired_atExactExpiry_andUnbound() {
    calls.issue(licence(demo, "T1").setExpireTime(calls.in(Duration.ofSeconds(10))));
    assertThat(calls.reason(asked(demo, "T1").setMachine("PC-7")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_MACHINE_UNBOUND);
    assertThat(calls.verify(asked(demo, "T1")).getActive()).isTrue();

    node.clock().advance(Duration.ofSeconds(10));
    assertThat(calls.reason(asked(demo, "T1").setMachine("PC-7")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);
  }

  @Test
  void moduleOrSubModule_thatIsOverdue_makesNoneActive_andNoneIsMade() {
    calls.issue(licence(demo, "T1"));
    calls.issue(licence(demo, "T1").setSubModule("Kid"));
    node.modules()
        .putSubModule(
            PutSubModuleRequest.newBuilder()
                .setModule(demo)
                .setSubModule(
                    SubModule.newBuilder()
                        .setName("Kid")
                        .setExpireTime(calls.in(Duration.ofSeconds(5))))
                .build());
    node.clock().advance(Duration.ofSeconds(5));

    assertThat(calls.reason(asked(demo, "T1").setSubModule("Kid")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_MODULE_OVERDUE);
    assertThat(calls.verify(asked(demo, "T1")).getActive()).isTrue();
    assertThat(kind(licence(demo, "T2").setSubModule("Kid")))
        .isEqualTo("FAILED_PRECONDITION MODULE_INACTIVE");

    node.modules()
        .updateModule(
            UpdateModuleRequest.newBuilder()
                .setName(demo)
                .setExpireTime(calls.in(Duration.ofSeconds(5)))
                .build());
    node.clock().advance(Duration.ofSeconds(5));
    assertThat(calls.reason(asked(demo, "T1")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_MODULE_OVERDUE);
    assertThat(kind(licence(demo, "T2"))).isEqualTo("FAILED_PRECONDITION MODULE_INACTIVE");
  }

  @Test
  void sameCode_inModulesSubModulesIssuersAndOutside_doesNotMeet() {
    calls.issue(licence(demo, "T1").setSubject("module"));
    calls.issue(licence(demo, "T1").setSubModule("Kid").setSubject("part"));
    calls.issue(licence(demo, "T1").setIssuer("shop").setSubject("issuer"));
    calls.issue(licence(other, "T1").setSubject("other"));
    String plain = "plain-" + demo;
    calls.issue(licence(demo, plain));

    assertThat(subject(asked(demo, "T1"))).isEqualTo("module");
    assertThat(subject(asked(demo, "T1").setSubModule("Kid"))).isEqualTo("part");
    assertThat(subject(asked(demo, "T1").setSubModule("default"))).isEqualTo("module");
    assertThat(subject(asked(demo, "T1").setIssuer("shop"))).isEqualTo("issuer");
    assertThat(subject(asked(other, "T1"))).isEqualTo("other");
    assertThat(calls.reason(asked(demo, "T1").setSubModule("grown")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(calls.reason(asked(demo, "T1").setIssuer("Shop")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(calls.reason(VerifyTokenRequest.newBuilder().setToken(plain)))
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    for (IssueTokenRequest.Builder taken :
        List.of(
            licence(demo, "T1"),
            licence(demo, "T1").setSubModule("kid"),
            licence(demo, "T1").setIssuer("shop"),
            licence(other, "T1"))) {
      assertThat(kind(taken)).isEqualTo("ALREADY_EXISTS TOKEN_EXISTS");
    }

    calls.revoke(demo, "T1");
    assertThat(calls.reason(asked(demo, "T1"))).isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
    assertThat(subject(asked(other, "T1"))).isEqualTo("other");
    assertThat(subject(asked(demo, "T1").setSubModule("Kid"))).isEqualTo("part");
  }

  @Test
  void deletedCode_canBeMadeAgain_andAnExpiredOneCannot() {
    IssueTokenResponse first =
        calls.issue(licence(demo, "T1").setExpireTime(calls.in(Duration.ofSeconds(-100))));
    assertThat(calls.reason(asked(demo, "T1"))).isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);
    assertThat(kind(licence(demo, "T1"))).isEqualTo("ALREADY_EXISTS TOKEN_EXISTS");

    assertThat(calls.revoke(demo, "T1")).isTrue();
    assertThat(calls.revoke(demo, "T1")).isFalse();
    IssueTokenResponse again = calls.issue(licence(demo, "T1"));

    assertThat(again.getToken().getId()).isNotEqualTo(first.getToken().getId());
    assertThat(calls.verify(asked(demo, "T1")).getToken()).isEqualTo(again.getToken());
    assertThat(calls.get(demo, "T1")).isEqualTo(again.getToken());
  }

  @Test
  void issue_takesEveryFormat_andARequestId_andAnyPastEnd() {
    IssueTokenRequest.Builder opaque =
        licence(demo, "x").setOpaque(OpaqueFormat.getDefaultInstance()).setRequestId("r-" + demo);
    IssueTokenResponse issued = calls.issue(opaque);
    assertThat(calls.issue(opaque)).isEqualTo(issued);
    assertThat(calls.verify(asked(demo, issued.getSecret())).getActive()).isTrue();

    Timestamp first =
        Timestamp.newBuilder()
            .setSeconds(Instant.parse("0001-01-01T00:00:00Z").getEpochSecond())
            .build();
    assertThat(calls.issue(licence(demo, "old").setExpireTime(first)).getToken().getExpireTime())
        .isEqualTo(first);
    assertThat(calls.get(demo, "old").getExpireTime()).isEqualTo(first);
    assertThat(calls.reason(asked(demo, "old"))).isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);
  }

  @Test
  void issue_refusesWhatALicenceCannotHave() {
    IssueTokenRequest.Builder request = licence(demo, "T1");

    assertThat(kind(licence("absent-" + demo, "T1"))).isEqualTo("NOT_FOUND MODULE_NOT_FOUND");
    assertThat(kind(request.clone().setSubModule("absent")))
        .isEqualTo("NOT_FOUND MODULE_NOT_FOUND");
    assertThat(fields(request.clone().setRefresh(FamilyCalls.itself(60).getRefresh())))
        .containsExactly("refresh");
    assertThat(fields(request.clone().addCompanions(CompanionSpec.newBuilder().setKind("push"))))
        .containsExactly("companions");
    assertThat(fields(request.clone().clearModule().setSubModule("Kid")))
        .containsExactly("sub_module");
    assertThat(
            fields(
                request.clone().setExpireTime(Timestamp.newBuilder().setSeconds(-62_135_596_801L))))
        .containsExactly("expire_time");
    assertThat(fields(request.clone().setSubModule("s".repeat(256)))).containsExactly("sub_module");
    assertThat(
            fields(IssueTokenRequest.newBuilder().setExpireTime(calls.in(Duration.ofSeconds(-1)))))
        .containsExactly("expire_time");
  }

  @Test
  void licence_isNeverRefreshed_andNotFoundWithoutItsModule() {
    String code = "code-" + demo;
    Token token = calls.issue(licence(demo, code)).getToken();

    assertThat(
            node.tokens()
                .refreshToken(RefreshTokenRequest.newBuilder().setToken(code).build())
                .getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(
            Failure.of(
                    () ->
                        node.tokens().getToken(GetTokenRequest.newBuilder().setToken(code).build()))
                .kind())
        .isEqualTo("NOT_FOUND TOKEN_NOT_FOUND");
    assertThat(
            node.tokens()
                .getToken(GetTokenRequest.newBuilder().setId(token.getId()).build())
                .getToken())
        .isEqualTo(token);
    ModuleScope scope = in(demo);
    assertThat(
            Failure.of(
                    () ->
                        node.tokens()
                            .getToken(
                                GetTokenRequest.newBuilder()
                                    .setId(token.getId())
                                    .setModuleScope(scope)
                                    .build()))
                .fields())
        .containsExactly("module_scope");
    assertThat(Failure.of(() -> calls.get("absent-" + demo, code)).kind())
        .isEqualTo("NOT_FOUND MODULE_NOT_FOUND");
    assertThat(Failure.of(() -> calls.get(other, code)).kind())
        .isEqualTo("NOT_FOUND TOKEN_NOT_FOUND");
  }

  @Test
  void lastUse_isTheFirstSuccessOfAMinute_seenAtOnce_andWrittenSoon() throws Exception {
    Token token = calls.issue(licence(demo, "T1").setSubject("s-" + demo)).getToken();
    calls.bind(binding(demo, "T1", "PC-7"));
    calls.verify(asked(demo, "T1"));
    calls.verify(asked(demo, "T1").setMachine("PC-8"));
    assertThat(calls.get(demo, "T1").hasLastUseTime()).isFalse();

    Timestamp first = calls.in(Duration.ZERO);
    VerifyTokenResponse verified = calls.verify(asked(demo, "T1").setMachine("PC-7"));
    assertThat(verified.getToken().hasLastUseTime()).isFalse();
    assertThat(calls.get(demo, "T1").getLastUseTime()).isEqualTo(first);
    node.clock().advance(Duration.ofSeconds(59));
    calls.verify(asked(demo, "T1").setMachine("PC-7"));
    assertThat(calls.get(demo, "T1").getLastUseTime()).isEqualTo(first);
    assertThat(
            node.tokens()
                .listTokens(ListTokensRequest.newBuilder().setSubject("s-" + demo).build())
                .getTokens(0)
                .getLastUseTime())
        .isEqualTo(first);

    node.clock().advance(Duration.ofSeconds(1));
    Timestamp second = calls.in(Duration.ZERO);
    calls.verify(asked(demo, "T1").setMachine("pc-7"));
    assertThat(calls.get(demo, "T1").getLastUseTime()).isEqualTo(second);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> written(token).equals(Long.toString(second.getSeconds() * 1_000_000)));
    assertThat(calls.get(demo, "T1").getLastUseTime()).isEqualTo(second);
  }

  private String written(Token token) throws Exception {
    try (var connection = node.connect();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT last_use_time FROM token WHERE token_id = " + token.getId())) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private String subject(VerifyTokenRequest.Builder request) {
    return calls.verify(request).getToken().getSubject();
  }

  private String kind(IssueTokenRequest.Builder request) {
    return Failure.of(() -> calls.issue(request)).kind();
  }

  private List<String> fields(IssueTokenRequest.Builder request) {
    return Failure.of(() -> calls.issue(request)).fields();
  }
}
