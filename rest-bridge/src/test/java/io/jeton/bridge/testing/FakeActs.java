package io.jeton.bridge.testing;

import io.jeton.bridge.CoreException;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenRequest;

/** How administrators act as others in a {@link FakeCore}. */
final class FakeActs {
  private FakeActs() {}

  static boolean isAct(VerifyTokenRequest request) {
    return !request.getActAsUser().isEmpty() || !request.getActAsGroup().isEmpty();
  }

  static void require(VerifyTokenRequest request) {
    requireId(request.getActAsUser());
    requireId(request.getActAsGroup());
    boolean isBoth = !request.getActAsUser().isEmpty() && !request.getActAsGroup().isEmpty();
    if (isBoth || isAct(request) && request.getAppId().isEmpty()) {
      throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
    }
  }

  static boolean isAdministrator(Token token) {
    return token.getKind().equals("administrator");
  }

  static String effectiveSubject(VerifyTokenRequest request, Token token) {
    if (!request.getActAsUser().isEmpty()) {
      return request.getActAsUser();
    }
    return request.getActAsGroup().isEmpty()
        ? token.getSubject()
        : "group/" + request.getActAsGroup();
  }

  private static void requireId(String id) {
    boolean isLong =
        id.matches("[1-9][0-9]{0,17}")
            || id.matches("[1-9][0-9]{18}") && id.compareTo("9223372036854775807") <= 0;
    if (!id.isEmpty() && !isLong) {
      throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
    }
  }
}
