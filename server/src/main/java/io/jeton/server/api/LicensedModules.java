package io.jeton.server.api;

import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Realm;
import java.util.Optional;

/** Finds what licences are for. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface LicensedModules {
  /**
   * The part of a module.
   *
   * @param subModule the part's name; empty: the module itself
   */
  Optional<LicensedModule> find(Realm realm, String module, String subModule);
}
