package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.SubModule;
import io.jeton.server.domain.SubModules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads the tables {@code module} and {@code sub_module}. */
final class ModuleRows {
  private static final String SELECT =
      """
      SELECT module_id, realm_id, name, identification, expire_time, disable_time, create_time,
             update_time
      FROM module\s""";

  private static final String SELECT_PARTS =
      "SELECT module_id, sub_module_id, name, expire_time FROM sub_module ";

  static final String ALL = SELECT + "ORDER BY realm_id, name_key";
  static final String BY_NAME = SELECT + "WHERE realm_id = ? AND name_key = ?";
  static final String LIST =
      SELECT + "WHERE realm_id = ? AND name_key > ? ORDER BY name_key LIMIT ?";
  static final String ALL_PARTS = SELECT_PARTS + "ORDER BY module_id, name_key";
  static final String PARTS = SELECT_PARTS + "WHERE module_id = ? ORDER BY name_key";

  private final Realms realms;

  ModuleRows(Realms realms) {
    this.realms = realms;
  }

  /** A part and the module that it is of. */
  private record Part(int moduleId, SubModule subModule) {}

  List<Module> all(Handle handle) {
    List<Module> modules = handle.createQuery(ALL).map((row, any) -> module(handle, row)).list();
    // Read after the modules: none is without the parts that it was added with.
    Map<Integer, List<SubModule>> parts = new HashMap<>();
    handle
        .createQuery(ALL_PARTS)
        .map((row, any) -> part(row))
        .forEach(
            each ->
                parts.computeIfAbsent(each.moduleId, any -> new ArrayList<>()).add(each.subModule));
    return modules.stream()
        .map(each -> with(each, parts.getOrDefault(each.id(), List.of())))
        .toList();
  }

  /**
   * The module of a name.
   *
   * @param lock what to add to the query
   */
  Optional<Module> find(Handle handle, Realm realm, String name, String lock) {
    try (Query query = handle.createQuery(BY_NAME + lock)) {
      return query
          .bind(0, realm.id())
          .bind(1, key(name))
          .map((row, any) -> module(handle, row))
          .findOne()
          .map(each -> withParts(handle, each));
    }
  }

  List<Module> list(Handle handle, Realm realm, Optional<String> after, int limit) {
    List<Module> page;
    try (Query query = handle.createQuery(LIST)) {
      page =
          query
              .bind(0, realm.id())
              .bind(1, key(after.orElse("")))
              .bind(2, limit)
              .map((row, any) -> module(handle, row))
              .list();
    }
    return page.stream().map(each -> withParts(handle, each)).toList();
  }

  /** What a name is found by. */
  static byte[] key(String name) {
    return TokenRows.bytes(NameKeys.fold(name));
  }

  private static Module withParts(Handle handle, Module module) {
    return with(
        module,
        handle
            .createQuery(PARTS)
            .bind(0, module.id())
            .map((row, any) -> part(row).subModule)
            .list());
  }

  private static Module with(Module module, List<SubModule> parts) {
    return new Module(
        module.id(),
        module.realm(),
        module.name(),
        module.identification(),
        module.expireTime(),
        module.disableTime(),
        SubModules.of(parts),
        module.createTime(),
        module.updateTime());
  }

  private Module module(Handle handle, ResultSet row) throws SQLException {
    return new Module(
        row.getInt(1),
        realms.byId(handle, row.getInt(2)),
        TokenRows.text(row.getBytes(3)),
        TokenRows.text(row.getBytes(4)),
        TokenRows.time(row, 5),
        TokenRows.time(row, 6),
        SubModules.NONE,
        Micros.toInstant(row.getLong(7)),
        Micros.toInstant(row.getLong(8)));
  }

  private static Part part(ResultSet row) throws SQLException {
    return new Part(
        row.getInt(1),
        new SubModule(row.getInt(2), TokenRows.text(row.getBytes(3)), TokenRows.time(row, 4)));
  }
}
