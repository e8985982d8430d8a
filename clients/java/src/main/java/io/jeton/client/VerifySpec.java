package io.jeton.client;

import java.util.List;
import java.util.Optional;

/**
 * A presented token and what is asked of it.
 *
 * @param secret the presented secret
 * @param realm the tenant to look in; empty: {@code default}
 * @param requiredScopes scopes that must all be among the token's
 * @param appId the application that the token is used with; empty: not asked
 * @param act as whom an administrator acts; empty: as nobody else
 */
public record VerifySpec(
    Secret secret, String realm, List<String> requiredScopes, String appId, Optional<ActAs> act) {

  /** Copies the list. */
  public VerifySpec {
    requiredScopes = List.copyOf(requiredScopes);
  }

  /** Asks only whether the token is valid in the realm {@code default}. */
  public static VerifySpec of(Secret secret) {
    return new VerifySpec(secret, "", List.of(), "", Optional.empty());
  }

  /** The same, in another realm. */
  public VerifySpec inRealm(String realm) {
    return new VerifySpec(secret, realm, requiredScopes, appId, act);
  }

  /** The same, with these scopes required and no others. */
  public VerifySpec requiring(String... scopes) {
    return new VerifySpec(secret, realm, List.of(scopes), appId, act);
  }

  /** The same, used with an application. */
  public VerifySpec forApp(String appId) {
    return new VerifySpec(secret, realm, requiredScopes, appId, act);
  }

  /** The same, to act as a user of the application, with an administrator's token. */
  public VerifySpec actingAsUser(long id) {
    return new VerifySpec(secret, realm, requiredScopes, appId, Optional.of(new ActAs.User(id)));
  }

  /** The same, to act as the administrator of a group, with an administrator's token. */
  public VerifySpec actingAsGroup(long id) {
    return new VerifySpec(secret, realm, requiredScopes, appId, Optional.of(new ActAs.Group(id)));
  }
}
