package io.jeton.server.storage.mysql;

import io.jeton.server.domain.LicensedModule;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * The names of the modules that licences are for. They never change, so they are remembered. Safe
 * for use by several threads.
 */
final class ModuleNames {
  private record Key(int moduleId, int subModuleId) {}

  private final Map<Key, LicensedModule> remembered = new ConcurrentHashMap<>();

  /** The module that a row of the table {@code token} refers to; 0 stands for no sub-module. */
  LicensedModule byId(Handle handle, int moduleId, int subModuleId) {
    Key key = new Key(moduleId, subModuleId);
    LicensedModule known = remembered.get(key);
    if (known != null) {
      return known;
    }
    LicensedModule read =
        new LicensedModule(
            moduleId,
            name(handle, "SELECT name FROM module WHERE module_id = ?", moduleId),
            subModuleId,
            subModuleId == 0
                ? ""
                : name(handle, "SELECT name FROM sub_module WHERE sub_module_id = ?", subModuleId));
    LicensedModule raced = remembered.putIfAbsent(key, read);
    return raced == null ? read : raced;
  }

  private static String name(Handle handle, String query, int id) {
    return handle
        .createQuery(query)
        .bind(0, id)
        .map((row, context) -> TokenRows.text(row.getBytes(1)))
        .one();
  }
}
