package io.jeton.bridge.contract.liveget;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.bridge.CoreException;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.InactiveReason;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void everyReason_isTheClients_orAnOutage() {
    assertThat(Arrays.stream(ErrorReason.values()).map(Failures::outcome).distinct())
        .containsExactlyInAnyOrder(
            Outcome.ERROR,
            Outcome.PARAMETER_INVALID,
            Outcome.TOKEN_NOT_FOUND,
            Outcome.TOKEN_EXISTED,
            Outcome.TOKEN_MACHINE_ERROR,
            Outcome.MODULE_NOT_FOUND,
            Outcome.MODULE_OVERDUE,
            Outcome.PASSWORD_INVALID);
    assertThat(Failures.outcome(ErrorReason.ERROR_REASON_TOKEN_EXISTS))
        .isEqualTo(Outcome.TOKEN_EXISTED);
    assertThat(Failures.outcome(ErrorReason.ERROR_REASON_STORE_UNAVAILABLE))
        .isEqualTo(Outcome.ERROR);
  }

  @Test
  void everyVerdict_isAnAnswerOfVerify() {
    assertThat(Arrays.stream(InactiveReason.values()).map(Failures::outcome).distinct())
        .containsExactlyInAnyOrder(
            Outcome.TOKEN_VERIFIED,
            Outcome.TOKEN_NOT_FOUND,
            Outcome.TOKEN_EXPIRED,
            Outcome.TOKEN_MACHINE_ERROR,
            Outcome.MODULE_NOT_FOUND,
            Outcome.MODULE_OVERDUE);
    assertThat(Failures.outcome(InactiveReason.INACTIVE_REASON_REVOKED))
        .isEqualTo(Outcome.TOKEN_NOT_FOUND);
  }

  @Test
  void reason_isFoundWithinAFuturesOwnException() {
    CoreException refused = new CoreException(ErrorReason.ERROR_REASON_TOKEN_BOUND);
    assertThat(Failures.reason(new CompletionException(new CompletionException(refused))))
        .contains(ErrorReason.ERROR_REASON_TOKEN_BOUND);
    assertThat(Failures.reason(new IllegalStateException())).isEmpty();
  }
}
