package io.jeton.bridge.contract.animeloop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.v1.ErrorReason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void everyReason_hasAMeaning_andADocumentedCode() {
    assertThat(Arrays.stream(ErrorReason.values()).map(Failures::meaning)).doesNotContainNull();
    assertThat(Arrays.stream(ErrorReason.values()).map(each -> Failures.meaning(each).failure()))
        .containsOnly(Failure.NO_SESSION, Failure.SESSION_INVALID, Failure.DATABASE);
    assertThat(Arrays.stream(Failure.values()).map(failure -> failure.status().code()))
        .containsOnly(200, 400, 413, 415);
  }

  @Test
  void sessionsAndAccounts_haveTheirOwn() {
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_SESSION_NOT_FOUND).failure())
        .isEqualTo(Failure.NO_SESSION);
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_ACCOUNT_INACTIVE).failure())
        .isEqualTo(Failure.SESSION_INVALID);
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_STORE_UNAVAILABLE))
        .isEqualTo(Failures.Meaning.DATABASE);
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_PERMISSION_MISSING))
        .isEqualTo(Failures.Meaning.DEFECT);
  }
}
