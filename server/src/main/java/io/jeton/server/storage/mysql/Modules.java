package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.ModuleChange;
import io.jeton.server.domain.ModuleStore;
import io.jeton.server.domain.NewModule;
import io.jeton.server.domain.NewModule.NewSubModule;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SubModule;
import io.jeton.server.feed.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Changes the tables {@code module} and {@code sub_module}. */
final class Modules implements ModuleStore {
  private static final String INSERT =
      """
      INSERT INTO module (realm_id, name, name_key, identification, expire_time, disable_time,
                          create_time, update_time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";

  private static final String UPDATE =
      """
      UPDATE module SET identification = ?, expire_time = ?, disable_time = ?, update_time = ?
      WHERE module_id = ?""";

  private static final String INSERT_PART =
      "INSERT INTO sub_module (module_id, name, name_key, expire_time) VALUES (?, ?, ?, ?)";

  private static final String UPDATE_PART =
      "UPDATE sub_module SET expire_time = ? WHERE sub_module_id = ?";

  private static final Map<String, String> FIELDS =
      Map.of("module_name", "name", "module_identification", "identification");

  private final Transactions transactions;
  private final ModuleRows rows;

  Modules(Transactions transactions, Realms realms) {
    this.transactions = transactions;
    this.rows = new ModuleRows(realms);
  }

  /** Where a change is made, by whom and when. */
  private record Work(Handle handle, Lane lane, Realm realm, Instant at, Actor actor) {
    void note(int moduleId, String action) {
      Revisions.insertModule(handle, lane, realm, moduleId, at);
      Audit.insert(handle, at, actor, action, realm.name().value(), Integer.toString(moduleId));
    }
  }

  @Override
  public List<Module> all() {
    return transactions.read(rows::all);
  }

  @Override
  public Optional<Module> find(Realm realm, String name) {
    return transactions.read(handle -> rows.find(handle, realm, name, ""));
  }

  @Override
  public List<Module> list(Realm realm, Optional<String> after, int limit) {
    return transactions.read(handle -> rows.list(handle, realm, after, limit));
  }

  @Override
  public Module create(Realm realm, NewModule module, Instant at, Actor actor) {
    return refusingTaken(
        () ->
            transactions.writeInLane(
                (handle, lane) -> {
                  Work work = new Work(handle, lane, realm, at, actor);
                  work.note(insert(work, module), "CreateModule");
                  return rows.find(handle, realm, module.name(), "").orElseThrow();
                }));
  }

  @Override
  public Module update(Realm realm, String name, ModuleChange change, Instant at, Actor actor) {
    return refusingTaken(
        () ->
            transactions.writeInLane(
                (handle, lane) -> {
                  Work work = new Work(handle, lane, realm, at, actor);
                  Module before = existing(handle, realm, name);
                  if (write(work, before, change)) {
                    work.note(before.id(), "UpdateModule");
                  }
                  return rows.find(handle, realm, name, "").orElseThrow();
                }));
  }

  @Override
  public Module putSubModule(
      Realm realm, String name, NewSubModule subModule, Instant at, Actor actor) {
    return transactions.writeInLane(
        (handle, lane) -> {
          Work work = new Work(handle, lane, realm, at, actor);
          Module before = existing(handle, realm, name);
          if (putPart(handle, before, subModule)) {
            write(work, before);
            work.note(before.id(), "PutSubModule");
          }
          return rows.find(handle, realm, name, "").orElseThrow();
        });
  }

  @Override
  public Imported put(Realm realm, NewModule module, Instant at, Actor actor) {
    try {
      return putOnce(realm, module, at, actor);
    } catch (RefusedException e) {
      // Somebody may have added that very module meanwhile: then it is there at the next look.
      if (e.refusal() != Refusal.MODULE_EXISTS) {
        throw e;
      }
      return putOnce(realm, module, at, actor);
    }
  }

  private Imported putOnce(Realm realm, NewModule module, Instant at, Actor actor) {
    return refusingTaken(
        () ->
            transactions.writeInLane(
                (handle, lane) -> put(new Work(handle, lane, realm, at, actor), module)));
  }

  private Imported put(Work work, NewModule module) {
    Optional<Module> before = rows.find(work.handle, work.realm, module.name(), " FOR UPDATE");
    if (before.isEmpty()) {
      work.note(insert(work, module), "ImportModule");
      return Imported.CREATED;
    }
    Module present = before.get();
    boolean isChange = write(work, present, module.change());
    boolean isPartChange = false;
    for (NewSubModule each : module.subModules()) {
      isPartChange |= putPart(work.handle, present, each);
    }
    if (isPartChange && !isChange) {
      write(work, present);
    }
    if (!isChange && !isPartChange) {
      return Imported.UNCHANGED;
    }
    work.note(present.id(), "ImportModule");
    return Imported.CHANGED;
  }

  private Module existing(Handle handle, Realm realm, String name) {
    return rows.find(handle, realm, name, " FOR UPDATE")
        .orElseThrow(() -> RefusedException.of(Refusal.MODULE_NOT_FOUND));
  }

  private static int insert(Work work, NewModule module) {
    int id;
    try (Update update = work.handle.createUpdate(INSERT)) {
      Long now = Micros.of(work.at);
      id =
          update
              .bind(0, work.realm.id())
              .bind(1, TokenRows.bytes(module.name()))
              .bind(2, ModuleRows.key(module.name()))
              .bind(3, TokenRows.bytes(module.identification()))
              .bind(4, TokenRows.micros(module.expireTime()))
              .bind(5, module.disabled().orElse(false) ? now : null)
              .bind(6, now)
              .bind(7, now)
              .executeAndReturnGeneratedKeys()
              .mapTo(Integer.class)
              .one();
    }
    module.subModules().forEach(each -> insertPart(work.handle, id, each));
    return id;
  }

  /** Whether there is something to change, which is then done. */
  private static boolean write(Work work, Module before, ModuleChange change) {
    Module after = change.applied(before, work.at);
    if (after.equals(before)) {
      return false;
    }
    write(work, after);
    return true;
  }

  private static void write(Work work, Module after) {
    work.handle.execute(
        UPDATE,
        TokenRows.bytes(after.identification()),
        TokenRows.micros(after.expireTime()),
        TokenRows.micros(after.disableTime()),
        Micros.of(work.at),
        after.id());
  }

  /** Whether there is something to change, which is then done. The module's row is locked. */
  private static boolean putPart(Handle handle, Module module, NewSubModule subModule) {
    Optional<SubModule> before = module.subModule(subModule.name());
    if (before.isEmpty()) {
      insertPart(handle, module.id(), subModule);
      return true;
    }
    if (before.get().expireTime().equals(subModule.expireTime())) {
      return false;
    }
    handle.execute(UPDATE_PART, TokenRows.micros(subModule.expireTime()), before.get().id());
    return true;
  }

  private static void insertPart(Handle handle, int moduleId, NewSubModule subModule) {
    handle.execute(
        INSERT_PART,
        moduleId,
        TokenRows.bytes(subModule.name()),
        ModuleRows.key(subModule.name()),
        TokenRows.micros(subModule.expireTime()));
  }

  private static <T> T refusingTaken(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      Optional<String> field = StoreFailures.duplicateKey(e).map(FIELDS::get);
      if (field.isPresent()) {
        throw RefusedException.ofTakenByModule(field.get());
      }
      throw e;
    }
  }
}
