package io.jeton.bridge.contract.chatot;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.bridge.CoreException;
import io.jeton.v1.ErrorReason;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void everyReason_isThrottling_orTheClients_orAnOutage() {
    assertThat(Arrays.stream(ErrorReason.values()).map(Failures::of))
        .containsOnly(Failure.TOO_MANY_REQUESTS, Failure.UNAUTHORIZED, Failure.OUTAGE);
    assertThat(Failures.of(ErrorReason.ERROR_REASON_LOGINS_THROTTLED))
        .isEqualTo(Failure.TOO_MANY_REQUESTS);
    assertThat(Failures.of(ErrorReason.ERROR_REASON_ACCOUNT_INACTIVE))
        .isEqualTo(Failure.UNAUTHORIZED);
  }

  @Test
  void anException_isFoundWithinAFuturesOwn() {
    CoreException refused = new CoreException(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND);
    assertThat(Failures.of(new CompletionException(refused))).isEqualTo(Failure.UNAUTHORIZED);
    assertThat(Failures.of(new IllegalStateException())).isEqualTo(Failure.OUTAGE);
  }
}
