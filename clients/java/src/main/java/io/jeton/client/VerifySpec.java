package io.jeton.client;

import java.util.List;

/**
 * A presented token and what is asked of it.
 *
 * @param secret the presented secret
 * @param realm the tenant to look in; empty: {@code default}
 * @param requiredScopes scopes that must all be among the token's
 * @param appId the application that the token is used with; empty: not asked
 */
public record VerifySpec(Secret secret, String realm, List<String> requiredScopes, String appId) {

  /** Copies the list. */
  public VerifySpec {
    requiredScopes = List.copyOf(requiredScopes);
  }

  /** Asks only whether the token is valid in the realm {@code default}. */
  public static VerifySpec of(Secret secret) {
    return new VerifySpec(secret, "", List.of(), "");
  }

  /** The same, in another realm. */
  public VerifySpec inRealm(String realm) {
    return new VerifySpec(secret, realm, requiredScopes, appId);
  }

  /** The same, with these scopes required and no others. */
  public VerifySpec requiring(String... scopes) {
    return new VerifySpec(secret, realm, List.of(scopes), appId);
  }

  /** The same, used with an application. */
  public VerifySpec forApp(String appId) {
    return new VerifySpec(secret, realm, requiredScopes, appId);
  }
}
