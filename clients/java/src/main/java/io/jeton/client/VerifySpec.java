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
 * @param machine the machine that a licence is used on; empty: not asked
 * @param moduleIdentification names the module that it must be a licence for; empty: it must be no
 *     licence
 * @param subModule the sub-module that it must be a licence for; empty: the module itself
 * @param issuer the contract instance that made the licence; empty: it was made through this API
 * @param act as whom an administrator acts; empty: as nobody else
 */
public record VerifySpec(
    Secret secret,
    String realm,
    List<String> requiredScopes,
    String appId,
    String machine,
    String moduleIdentification,
    String subModule,
    String issuer,
    Optional<ActAs> act) {

  /** Copies the list. */
  public VerifySpec {
    requiredScopes = List.copyOf(requiredScopes);
  }

  /** Asks nothing that is asked of licences, and acts as nobody else. */
  public VerifySpec(Secret secret, String realm, List<String> requiredScopes, String appId) {
    this(secret, realm, requiredScopes, appId, "", "", "", "", Optional.empty());
  }

  /** Asks only whether the token is valid in the realm {@code default}. */
  public static VerifySpec of(Secret secret) {
    return new VerifySpec(secret, "", List.of(), "");
  }

  /** The same, in another realm. */
  public VerifySpec inRealm(String realm) {
    return new VerifySpec(
        secret,
        realm,
        requiredScopes,
        appId,
        machine,
        moduleIdentification,
        subModule,
        issuer,
        act);
  }

  /** The same, with these scopes required and no others. */
  public VerifySpec requiring(String... scopes) {
    return new VerifySpec(
        secret,
        realm,
        List.of(scopes),
        appId,
        machine,
        moduleIdentification,
        subModule,
        issuer,
        act);
  }

  /** The same, used with an application. */
  public VerifySpec forApp(String appId) {
    return new VerifySpec(
        secret,
        realm,
        requiredScopes,
        appId,
        machine,
        moduleIdentification,
        subModule,
        issuer,
        act);
  }

  /** The same, used on a machine. */
  public VerifySpec onMachine(String machine) {
    return new VerifySpec(
        secret,
        realm,
        requiredScopes,
        appId,
        machine,
        moduleIdentification,
        subModule,
        issuer,
        act);
  }

  /** The same, as a licence for a module that was made through this API. */
  public VerifySpec forModule(String identification) {
    return forModule(identification, "", "");
  }

  /** The same, as a licence for a sub-module. */
  public VerifySpec forModule(String identification, String subModule, String issuer) {
    return new VerifySpec(
        secret, realm, requiredScopes, appId, machine, identification, subModule, issuer, act);
  }

  /** The same, to act as a user of the application, with an administrator's token. */
  public VerifySpec actingAsUser(long id) {
    return actingAs(new ActAs.User(id));
  }

  /** The same, to act as the administrator of a group, with an administrator's token. */
  public VerifySpec actingAsGroup(long id) {
    return actingAs(new ActAs.Group(id));
  }

  private VerifySpec actingAs(ActAs who) {
    return new VerifySpec(
        secret,
        realm,
        requiredScopes,
        appId,
        machine,
        moduleIdentification,
        subModule,
        issuer,
        Optional.of(who));
  }
}
