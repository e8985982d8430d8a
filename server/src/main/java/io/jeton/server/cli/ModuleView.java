package io.jeton.server.cli;

import io.jeton.client.Module;
import io.jeton.client.SubModule;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a module is shown. */
final class ModuleView {
  private static final String NEVER = "never";

  private ModuleView() {}

  /** Every field under its name in the protocol; what is not set is null. */
  static Map<String, @Nullable Object> json(Module module) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("realm", module.realm());
    fields.put("name", module.name());
    fields.put("identification", module.identification());
    fields.put("expire_time", module.expireTime().map(Instant::toString).orElse(null));
    fields.put("disabled", module.disabled());
    fields.put("sub_modules", module.subModules().stream().map(ModuleView::json).toList());
    fields.put("create_time", module.createTime().toString());
    fields.put("update_time", module.updateTime().toString());
    return fields;
  }

  private static Map<String, @Nullable Object> json(SubModule subModule) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", subModule.name());
    fields.put("expire_time", subModule.expireTime().map(Instant::toString).orElse(null));
    return fields;
  }

  static void print(Module module, PrintWriter out) {
    new Fields()
        .put("realm", module.realm())
        .put("name", module.name())
        .put("identification", module.identification())
        .put("state", state(module))
        .put("expires", end(module.expireTime()))
        .put("created", module.createTime().toString())
        .put("updated", module.updateTime().toString())
        .print(out);
    if (!module.subModules().isEmpty()) {
      out.println();
      Table table = new Table(out, "SUB-MODULE", "EXPIRES");
      module.subModules().forEach(each -> table.add(each.name(), end(each.expireTime())));
      table.end();
    }
  }

  static void add(Module module, Table table) {
    table.add(
        module.name(),
        module.identification(),
        state(module),
        end(module.expireTime()),
        module.subModules().isEmpty()
            ? "-"
            : module.subModules().stream().map(SubModule::name).collect(Collectors.joining(", ")));
  }

  private static String state(Module module) {
    return module.disabled() ? "disabled" : "active";
  }

  private static String end(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(NEVER);
  }
}
