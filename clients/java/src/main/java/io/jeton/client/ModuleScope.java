package io.jeton.client;

/**
 * Where the secret of a licence is unique: the same code may exist in several modules.
 *
 * @param module the module's name
 * @param subModule the sub-module's name; empty: the module itself
 * @param issuer the contract instance that made the licence; empty: it was made through this API
 */
public record ModuleScope(String module, String subModule, String issuer) {
  /** The licences of a module itself that were made through this API. */
  public static ModuleScope of(String module) {
    return new ModuleScope(module, "", "");
  }

  /** The licences of a sub-module that were made through this API. */
  public static ModuleScope of(String module, String subModule) {
    return new ModuleScope(module, subModule, "");
  }
}
