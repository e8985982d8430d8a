package io.jeton.bridge.contract.thinksns;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.bridge.contract.thinksns.Failures.Meaning;
import io.jeton.v1.ErrorReason;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
  /** The others mean that somebody has something to mend. */
  private static final Set<ErrorReason> NO_DEFECT =
      EnumSet.of(
          ErrorReason.ERROR_REASON_LOGINS_THROTTLED,
          ErrorReason.ERROR_REASON_STORE_UNAVAILABLE,
          ErrorReason.ERROR_REASON_STORE_FULL,
          ErrorReason.ERROR_REASON_STORE_CONFLICT,
          ErrorReason.ERROR_REASON_OVERLOADED,
          ErrorReason.ERROR_REASON_STOPPING);

  @ParameterizedTest
  @EnumSource(ErrorReason.class)
  void meaning_isDecidedForEveryReason(ErrorReason reason) {
    assertThat(Failures.meaning(reason)).isNotNull();
  }

  @Test
  void meaning_isAnOutage_whenTheStoreIsNotThere() {
    assertThat(NO_DEFECT)
        .filteredOn(reason -> Failures.meaning(reason) == Meaning.OUTAGE)
        .hasSize(NO_DEFECT.size() - 1);
    assertThat(Failures.meaning(ErrorReason.ERROR_REASON_LOGINS_THROTTLED))
        .isEqualTo(Meaning.THROTTLED);
  }

  @Test
  void meaning_isTheEndpointsOwnRefusal_forWhatAClientPresents() {
    assertThat(ErrorReason.values())
        .filteredOn(reason -> Failures.meaning(reason) == Meaning.REFUSED)
        .allMatch(
            reason ->
                reason.name().contains("_TOKEN_")
                    || reason.name().contains("_ACCOUNT_")
                    || reason.name().contains("_FIELD_")
                    || reason == ErrorReason.ERROR_REASON_REQUEST_TOO_LARGE
                    || reason == ErrorReason.ERROR_REASON_REQUEST_MALFORMED)
        .hasSize(10);
  }
}
