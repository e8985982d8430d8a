package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.ErrorReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorsTest {
  @Test
  void everyReasonOfTheProto_isGivenBySomething_andEachRefusalHasItsOwn() throws Exception {
    List<String> given = new ArrayList<>();
    for (Refusal refusal : Refusal.values()) {
      given.add(reason(Errors.status(refused(refusal))));
    }
    given.add(reason(Errors.tooLarge(1)));
    given.add(reason(Errors.malformed()));
    given.add(reason(Errors.internal("r")));
    List<String> stated =
        Arrays.stream(ErrorReason.values())
            .filter(reason -> reason != ErrorReason.UNRECOGNIZED)
            .filter(reason -> reason != ErrorReason.ERROR_REASON_UNSPECIFIED)
            .map(reason -> reason.name().substring("ERROR_REASON_".length()))
            .toList();
    assertThat(given).containsExactlyInAnyOrderElementsOf(stated);
  }

  @Test
  void everyStatus_isAFailureWithAMessage() {
    for (Refusal refusal : Refusal.values()) {
      Status status = Errors.status(refused(refusal));
      assertThat(status.getCode()).as(refusal.name()).isNotEqualTo(Code.OK.getNumber());
      assertThat(status.getMessage()).as(refusal.name()).isNotBlank().doesNotContain("null");
    }
  }

  private static RefusedException refused(Refusal refusal) {
    return switch (refusal) {
      case FIELD_INVALID -> RefusedException.ofField("field", "must be right");
      case PERMISSION_MISSING -> RefusedException.ofPermission(Permission.ISSUE);
      case ACCOUNT_EXISTS -> RefusedException.ofTaken("email");
      case MODULE_EXISTS -> RefusedException.ofTakenByModule("identification");
      case LOGINS_THROTTLED -> RefusedException.ofThrottle(Duration.ofMinutes(5));
      case QUOTA_EXCEEDED -> RefusedException.ofQuota(Duration.ofMinutes(1));
      default -> RefusedException.of(refusal);
    };
  }

  private static String reason(Status status) throws Exception {
    ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getDomain()).isEqualTo("jeton");
    return info.getReason();
  }
}
