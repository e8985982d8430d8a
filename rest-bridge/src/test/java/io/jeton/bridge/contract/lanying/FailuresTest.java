package io.jeton.bridge.contract.lanying;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.bridge.contract.lanying.Failures.Meaning;
import io.jeton.v1.ErrorReason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void everyReason_hasAMeaning_andEveryMeaningAReason() {
    assertThat(Arrays.stream(ErrorReason.values()).map(Failures::meaning))
        .contains(Meaning.values());
  }

  @Test
  void onlyWhatIsNoAnswerToTheClient_isAnOutage() {
    for (ErrorReason reason : ErrorReason.values()) {
      Meaning meaning = Failures.meaning(reason);
      boolean isOurs = meaning == Meaning.OUTAGE || meaning == Meaning.DEFECT;
      assertThat(Failures.failure(meaning).status())
          .as(reason.name())
          .isEqualTo(isOurs ? 503 : 200);
    }
  }

  @Test
  void accountsAndApplications_areTheClients() {
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_ACCOUNT_INACTIVE))
        .isEqualTo(Meaning.REJECTED);
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND))
        .isEqualTo(Meaning.REJECTED);
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_APPLICATION_NOT_FOUND))
        .isEqualTo(Meaning.UNKNOWN_APPLICATION);
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_APPLICATION_INACTIVE))
        .isEqualTo(Meaning.APPLICATION_DISABLED);
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_LOGINS_THROTTLED))
        .isEqualTo(Meaning.THROTTLED);
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_STORE_UNAVAILABLE))
        .isEqualTo(Meaning.OUTAGE);
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_PERMISSION_MISSING))
        .isEqualTo(Meaning.DEFECT);
  }
}
