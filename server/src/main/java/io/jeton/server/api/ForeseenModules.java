package io.jeton.server.api;

import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.SubModule;
import io.jeton.v1.ModuleRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The modules that an import would make. Not safe for use by several threads. */
final class ForeseenModules {
  private final Set<List<String>> parts = new HashSet<>();

  void add(String realm, ModuleRecord record) {
    String module = record.getModule().getName();
    parts.add(key(realm, module, ""));
    record
        .getModule()
        .getSubModulesList()
        .forEach(each -> parts.add(key(realm, module, each.getName())));
  }

  boolean has(String realm, String module, String subModule) {
    return parts.contains(key(realm, module, subModule));
  }

  /** The module itself is its part without a name. */
  private static List<String> key(String realm, String module, String subModule) {
    String part = SubModule.isItself(subModule) ? "" : NameKeys.fold(subModule);
    return List.of(realm, NameKeys.fold(module), part);
  }
}
