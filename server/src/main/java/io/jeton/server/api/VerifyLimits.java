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
  private static final int MACHINE_LENGTH = 255;
  private static final int MODULE_LENGTH = 255;
  private static final int ISSUER_BYTES = 63;
  private static final int BATCH = 100;

  /** The place in its batch of a request that is in none. */
  private static final int ALONE = -1;

  private VerifyLimits() {}

  static void require(VerifyTokenRequest request) {
    require(request, ALONE);
  }

  static void require(BatchVerifyTokensRequest request) {
    int count = request.getRequestsCount();
    if (count < 1 || count > BATCH) {
      throw RefusedException.ofField("requests", "must hold 1 to " + BATCH + " items");
    }
    for (int i = 0; i < count; i++) {
      require(request.getRequests(i), i);
    }
  }

  /** What a field is called: by its place in the batch too, if it is in one. */
  static String name(int place, String field) {
    return place == ALONE ? field : "requests[" + place + "]." + field;
  }

  private static void requireLicence(VerifyTokenRequest request, int place) {
    requireLength(place, "machine", request.getMachine(), MACHINE_LENGTH);
    requireLength(place, "module_identification", request.getModuleIdentification(), MODULE_LENGTH);
    requireLength(place, "sub_module", request.getSubModule(), MODULE_LENGTH);
    if (isOver(request.getIssuer(), ISSUER_BYTES)) {
      throw RefusedException.ofField(
          name(place, "issuer"), "must be at most " + ISSUER_BYTES + " bytes");
    }
    if (request.getModuleIdentification().isEmpty()) {
      requireEmpty(place, "sub_module", request.getSubModule());
      requireEmpty(place, "issuer", request.getIssuer());
    }
  }

  private static void requireEmpty(int place, String field, String text) {
    if (!text.isEmpty()) {
      throw RefusedException.ofField(
          name(place, field), "must be empty without a module_identification");
    }
  }

  private static void requireLength(int place, String field, String text, int most) {
    // A character is one or two chars.
    if (text.length() > most && text.codePointCount(0, text.length()) > most) {
      throw RefusedException.ofField(name(place, field), "must be at most " + most + " characters");
    }
  }

  private static void require(VerifyTokenRequest request, int place) {
    if (request.getToken().isEmpty() || isOver(request.getToken(), TOKEN_BYTES)) {
      throw RefusedException.ofField(
          name(place, "token"), "must be 1 to " + TOKEN_BYTES + " bytes");
    }
    if (isOver(request.getRealm(), REALM_BYTES)) {
      throw RefusedException.ofField(
          name(place, "realm"), "must be at most " + REALM_BYTES + " bytes");
    }
    if (isOver(request.getAppId(), APP_ID_BYTES)) {
      throw RefusedException.ofField(
          name(place, "app_id"), "must be at most " + APP_ID_BYTES + " bytes");
    }
    requireLicence(request, place);
    int scopes = request.getRequiredScopesCount();
    if (scopes > SCOPES) {
      throw RefusedException.ofField(
          name(place, "required_scopes"), "must hold at most " + SCOPES + " items");
    }
    for (int i = 0; i < scopes; i++) {
      if (isOver(request.getRequiredScopes(i), SCOPE_BYTES)) {
        throw RefusedException.ofField(
            name(place, "required_scopes[" + i + "]"), "must be at most " + SCOPE_BYTES + " bytes");
      }
    }
    ActLimits.require(request, place);
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
