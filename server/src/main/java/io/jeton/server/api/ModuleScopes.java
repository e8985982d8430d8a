package io.jeton.server.api;

import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;

/** Finds what licences are for. Safe for use by several threads; never blocks. */
final class ModuleScopes {
  private final Modules modules;

  ModuleScopes(Modules modules) {
    this.modules = modules;
  }

  /**
   * The module or sub-module of these names.
   *
   * @param subModule empty: the module itself
   * @throws RefusedException MODULE_NOT_FOUND
   */
  LicensedModule require(Realm realm, String module, String subModule) {
    return modules
        .byName(realm, module)
        .flatMap(found -> Modules.licensed(found, subModule))
        .orElseThrow(() -> RefusedException.of(Refusal.MODULE_NOT_FOUND));
  }

  /**
   * Refuses what is overdue at an instant given in epoch microseconds.
   *
   * @throws RefusedException MODULE_INACTIVE
   */
  void requireActive(LicensedModule licensed, long nowMicros) {
    // One that another node has just added is not overdue.
    if (modules
        .byId(licensed.moduleId())
        .filter(m -> isOverdue(m, licensed, nowMicros))
        .isPresent()) {
      throw RefusedException.of(Refusal.MODULE_INACTIVE);
    }
  }

  /** Whether the module, or the part of it that is meant, is overdue. */
  static boolean isOverdue(Module module, LicensedModule licensed, long nowMicros) {
    if (module.isOverdueAt(nowMicros)) {
      return true;
    }
    return licensed.subModuleId() != 0
        && module.subModules().stream()
            .anyMatch(part -> part.id() == licensed.subModuleId() && part.isOverdueAt(nowMicros));
  }
}
