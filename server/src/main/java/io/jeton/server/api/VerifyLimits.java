package io.jeton.server.api;

import io.jeton.server.domain.RefusedException;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.VerifyTokenRequest;

/**
 * The limits of the verify requests, checked by hand because the general check costs as much as
 * half the call. A test holds them equal to those of the proto files. Never blocks; allocates
 * nothing when all is well.
 */
final class VerifyLimits {
  private static final int TOKEN_BYTES = 4096;
  private static final int REALM_BYTES = 63;
  private static final int SCOPES = 64;
  private static final int SCOPE_BYTES = 128;
  private static final int APP_ID_BYTES = 128;
  private static final int BATCH = 100;

  private VerifyLimits() {}

  static void require(VerifyTokenRequest request) {
    require(request, "");
  }

  static void require(BatchVerifyTokensRequest request) {
    int count = request.getRequestsCount();
    if (count < 1 || count > BATCH) {
      throw RefusedException.ofField("requests", "must hold 1 to " + BATCH + " items");
    }
    for (int i = 0; i < count; i++) {
      require(request.getRequests(i), "requests[" + i + "].");
    }
  }

  private static void require(VerifyTokenRequest request, String prefix) {
    if (request.getToken().isEmpty() || isOver(request.getToken(), TOKEN_BYTES)) {
      throw RefusedException.ofField(prefix + "token", "must be 1 to " + TOKEN_BYTES + " bytes");
    }
    if (isOver(request.getRealm(), REALM_BYTES)) {
      throw RefusedException.ofField(prefix + "realm", "must be at most " + REALM_BYTES + " bytes");
    }
    if (isOver(request.getAppId(), APP_ID_BYTES)) {
      throw RefusedException.ofField(
          prefix + "app_id", "must be at most " + APP_ID_BYTES + " bytes");
    }
    int scopes = request.getRequiredScopesCount();
    if (scopes > SCOPES) {
      throw RefusedException.ofField(
          prefix + "required_scopes", "must hold at most " + SCOPES + " items");
    }
    for (int i = 0; i < scopes; i++) {
      if (isOver(request.getRequiredScopes(i), SCOPE_BYTES)) {
        throw RefusedException.ofField(
            prefix + "required_scopes[" + i + "]", "must be at most " + SCOPE_BYTES + " bytes");
      }
    }
    ActLimits.require(request, prefix);
  }

  /** Whether a text has more UTF-8 bytes than this. */
  private static boolean isOver(String text, int bytes) {
    int length = text.length();
    if (length > bytes) {
      return true;
    }
    if (3 * length <= bytes) {
      return false;
    }
    int count = length;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // Three bytes a char, but four for the two chars of a surrogate pair.
        count += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return count > bytes;
  }
}
