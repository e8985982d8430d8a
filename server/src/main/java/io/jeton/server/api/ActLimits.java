package io.jeton.server.api;

import io.jeton.server.domain.RefusedException;
import io.jeton.v1.VerifyTokenRequest;

/** The limits of a request to act as somebody else. Never blocks. */
final class ActLimits {
  private static final String LARGEST = Long.toString(Long.MAX_VALUE);

  private ActLimits() {}

  /**
   * Refuses a request that is outside of them.
   *
   * @param place its place in a batch, as {@link VerifyLimits#name} takes it
   */
  static void require(VerifyTokenRequest request, int place) {
    if (!Acts.isAct(request)) {
      return;
    }
    requireId(VerifyLimits.name(place, "act_as_user"), request.getActAsUser());
    requireId(VerifyLimits.name(place, "act_as_group"), request.getActAsGroup());
    if (!request.getActAsUser().isEmpty() && !request.getActAsGroup().isEmpty()) {
      throw RefusedException.ofField(
          VerifyLimits.name(place, "act_as_group"), "must be empty when there is an act_as_user");
    }
    if (request.getAppId().isEmpty()) {
      throw RefusedException.ofField(
          VerifyLimits.name(place, "app_id"),
          "must not be empty when there is an act_as_user or act_as_group");
    }
  }

  private static void requireId(String field, String id) {
    if (!id.isEmpty() && !isId(id)) {
      throw RefusedException.ofField(field, "must be a decimal id from 1 to " + LARGEST);
    }
  }

  private static boolean isId(String text) {
    int length = text.length();
    if (length > LARGEST.length() || text.charAt(0) == '0') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return length < LARGEST.length() || text.compareTo(LARGEST) <= 0;
  }
}
