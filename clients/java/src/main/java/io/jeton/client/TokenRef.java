package io.jeton.client;

/** One token of one realm, named by its id or by its secret. */
public sealed interface TokenRef {

  /** The tenant that the token lives in; empty: {@code default}. */
  String realm();

  /** Names a token of the realm {@code default} by its id. */
  static TokenRef id(String id) {
    return new ById("", id);
  }

  /** Names a token of the realm {@code default} by its secret. */
  static TokenRef secret(Secret secret) {
    return new BySecret("", secret);
  }

  /** Names a licence of the realm {@code default} by its code. */
  static TokenRef licence(Secret code, ModuleScope scope) {
    return new OfLicence("", code, scope);
  }

  /** The same, in another realm. */
  TokenRef inRealm(String realm);

  /**
   * A token named by its id.
   *
   * @param realm the tenant that it lives in
   * @param id a decimal integer
   */
  record ById(String realm, String id) implements TokenRef {
    @Override
    public ById inRealm(String realm) {
      return new ById(realm, id);
    }
  }

  /**
   * A token named by its secret.
   *
   * @param realm the tenant that it lives in
   * @param secret what its holder presents
   */
  record BySecret(String realm, Secret secret) implements TokenRef {
    @Override
    public BySecret inRealm(String realm) {
      return new BySecret(realm, secret);
    }
  }

  /**
   * A licence named by its code.
   *
   * @param realm the tenant that it lives in
   * @param secret its code
   * @param scope where the code is unique
   */
  record OfLicence(String realm, Secret secret, ModuleScope scope) implements TokenRef {
    @Override
    public OfLicence inRealm(String realm) {
      return new OfLicence(realm, secret, scope);
    }
  }
}
