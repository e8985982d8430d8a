package io.jeton.server.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of judging a presented token. */
public enum Verdict {
  ACTIVE,
  /** It cannot be a token, and was not looked up. */
  MALFORMED,
  UNKNOWN,
  REVOKED,
  EXPIRED,
  WRONG_APPLICATION,
  NOT_ADMINISTRATOR,
  MISSING_SCOPE;

  private static final String ADMINISTRATOR = "administrator";

  /** The verdict on the same token when it is used to act as somebody else. */
  public Verdict whenActing(String kind) {
    boolean isFit = this == ACTIVE || this == MISSING_SCOPE;
    return isFit && !kind.equals(ADMINISTRATOR) ? NOT_ADMINISTRATOR : this;
  }

  /**
   * Judges a token for one request, at one instant. Pure: the same facts always give the same
   * verdict, and nothing of it is ever kept for the next request, which may ask for other scopes.
   *
   * @param token what the store has, or null when it has nothing
   * @param requiredScopes all of which the token must have
   * @param appId the application that it is used with; empty: not asked
   * @param nowMicros the instant, in epoch microseconds
   */
  public static Verdict judge(
      @Nullable Token token, List<String> requiredScopes, String appId, long nowMicros) {
    if (token == null) {
      return UNKNOWN;
    }
    if (token.isRevoked()) {
      return REVOKED;
    }
    if (token.isExpiredAt(nowMicros)) {
      return EXPIRED;
    }
    if (!appId.isEmpty() && !appId.equals(token.appId())) {
      return WRONG_APPLICATION;
    }
    return token.scopes().containsAll(requiredScopes) ? ACTIVE : MISSING_SCOPE;
  }
}
