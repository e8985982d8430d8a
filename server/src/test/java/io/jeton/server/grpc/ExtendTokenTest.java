package io.jeton.server.grpc;

import static io.jeton.server.grpc.LicenceCalls.asked;
import static io.jeton.server.grpc.LicenceCalls.in;
import static io.jeton.server.grpc.LicenceCalls.licence;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code ExtendToken} on a real node. */
class ExtendTokenTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private final FamilyCalls calls = new FamilyCalls(node);
  private final LicenceCalls licences = new LicenceCalls(node);

  @Test
  void extend_movesTheEnd_andWhatHadExpiredIsActiveAtOnce() {
    IssueTokenResponse issued =
        calls.issue(IssueTokenRequest.newBuilder().setLifetime(FamilyCalls.seconds(10)));
    node.clock().advance(Duration.ofSeconds(10));
    assertThat(calls.verify(issued.getSecret()).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);

    Token extended = extend(bySecret(issued).setBySeconds(5));

    assertThat(extended.getExpireTime()).isEqualTo(licences.in(Duration.ofSeconds(5)));
    assertThat(calls.verify(issued.getSecret()).getToken()).isEqualTo(extended);
    assertThat(extend(bySecret(issued).setBySeconds(-3)).getExpireTime())
        .isEqualTo(licences.in(Duration.ofSeconds(2)));
    assertThat(extend(bySecret(issued).setBySeconds(-3)).getExpireTime())
        .isEqualTo(licences.in(Duration.ofSeconds(-1)));
    assertThat(calls.verify(issued.getSecret()).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);
  }

  @Test
  void extend_reachesTheFirstAndTheLastYear_andNoFurther() {
    IssueTokenResponse issued =
        calls.issue(IssueTokenRequest.newBuilder().setLifetime(FamilyCalls.seconds(10)));

    assertThat(extend(bySecret(issued).setBySeconds(Long.MAX_VALUE)).getExpireTime())
        .isEqualTo(time("9999-12-31T23:59:59Z"));
    assertThat(extend(bySecret(issued).setBySeconds(Long.MIN_VALUE)).getExpireTime())
        .isEqualTo(time("0001-01-01T00:00:00Z"));
    assertThat(extend(bySecret(issued).setExpireTime(time("2030-01-01T00:00:00Z"))))
        .isEqualTo(calls.verify(issued.getSecret()).getToken());
  }

  @Test
  void extend_findsALicenceInItsModule() {
    String demo = "Extend";
    licences.addModule(demo);
    licences.issue(licence(demo, "T1").setExpireTime(licences.in(Duration.ofSeconds(-5))));

    extend(
        ExtendTokenRequest.newBuilder().setToken("T1").setModuleScope(in(demo)).setBySeconds(60));

    assertThat(licences.verify(asked(demo, "T1")).getToken().getExpireTime())
        .isEqualTo(licences.in(Duration.ofSeconds(60)));
  }

  @Test
  void extend_leavesATokenWithoutAnEnd_andTheEndOfAFamily() {
    IssueTokenResponse endless = calls.issue(IssueTokenRequest.newBuilder());
    assertThat(extend(bySecret(endless).setBySeconds(60))).isEqualTo(endless.getToken());

    IssueTokenResponse pair = calls.issue(FamilyCalls.pair(60));
    Token extended = extend(bySecret(pair).setBySeconds(60));
    assertThat(extended.getFamilyEndTime()).isEqualTo(pair.getToken().getFamilyEndTime());
    assertThat(fields(ExtendTokenRequest.newBuilder().setToken(pair.getRefreshSecret())))
        .containsExactly("lookup");
  }

  @Test
  void extend_refusesWhatIsRevokedOrUnknown_andFieldsOutsideTheirLimits() {
    IssueTokenResponse revoked = calls.issue(FamilyCalls.itself(60));
    calls.revoke(revoked.getSecret());

    assertThat(Failure.of(() -> extend(bySecret(revoked).setBySeconds(1))).kind())
        .isEqualTo("FAILED_PRECONDITION TOKEN_INACTIVE");
    assertThat(
            Failure.of(() -> extend(ExtendTokenRequest.newBuilder().setToken("x").setBySeconds(1)))
                .kind())
        .isEqualTo("NOT_FOUND TOKEN_NOT_FOUND");
    ExtendTokenRequest.Builder request = bySecret(revoked).setBySeconds(1);
    assertThat(Failure.of(() -> extend(request.clone().clearTo())).fields()).containsExactly("to");
    assertThat(Failure.of(() -> extend(request.clone().clearLookup())).fields())
        .containsExactly("lookup");
    for (long seconds : new long[] {-62_135_596_801L, 253_402_300_800L}) {
      Timestamp outside = Timestamp.newBuilder().setSeconds(seconds).build();
      assertThat(Failure.of(() -> extend(request.clone().setExpireTime(outside))).fields())
          .containsExactly("expire_time");
    }
  }

  private static ExtendTokenRequest.Builder bySecret(IssueTokenResponse issued) {
    return ExtendTokenRequest.newBuilder().setToken(issued.getSecret());
  }

  private static Token extend(ExtendTokenRequest.Builder request) {
    return node.tokens().extendToken(request.build()).getToken();
  }

  private static List<String> fields(ExtendTokenRequest.Builder request) {
    return Failure.of(() -> extend(request.setBySeconds(1))).fields();
  }

  private static Timestamp time(String text) {
    return Timestamp.newBuilder().setSeconds(Instant.parse(text).getEpochSecond()).build();
  }
}
