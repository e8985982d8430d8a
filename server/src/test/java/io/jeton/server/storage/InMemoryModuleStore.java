package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.ModuleChange;
import io.jeton.server.domain.ModuleStore;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.NewModule;
import io.jeton.server.domain.NewModule.NewSubModule;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SubModule;
import io.jeton.server.domain.SubModules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The twin's modules. */
final class InMemoryModuleStore implements ModuleStore {
  private static final Comparator<Module> BY_REALM_AND_NAME =
      Comparator.comparing((Module module) -> module.realm().id())
          .thenComparing(module -> NameKeys.fold(module.name()), InMemoryTables.BY_BYTES);

  private final InMemoryTables tables;
  private int lastPart;

  InMemoryModuleStore(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public List<Module> all() {
    synchronized (tables) {
      return tables.modules.stream().sorted(BY_REALM_AND_NAME).toList();
    }
  }

  @Override
  public Optional<Module> find(Realm realm, String name) {
    String key = NameKeys.fold(name);
    return all().stream()
        .filter(each -> each.realm().equals(realm) && NameKeys.fold(each.name()).equals(key))
        .findFirst();
  }

  @Override
  public List<Module> list(Realm realm, Optional<String> after, int limit) {
    String key = NameKeys.fold(after.orElse(""));
    return all().stream()
        .filter(each -> each.realm().equals(realm))
        .filter(each -> InMemoryTables.BY_BYTES.compare(NameKeys.fold(each.name()), key) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public Module create(Realm realm, NewModule module, Instant at, Actor actor) {
    synchronized (tables) {
      if (find(realm, module.name()).isPresent()) {
        throw RefusedException.ofTakenByModule("name");
      }
      return insert(realm, module, at, actor, "CreateModule");
    }
  }

  @Override
  public Module update(Realm realm, String name, ModuleChange change, Instant at, Actor actor) {
    synchronized (tables) {
      Module before = existing(realm, name);
      Module after = change.applied(before, at);
      return after.equals(before) ? before : replace(before, after, at, actor, "UpdateModule");
    }
  }

  @Override
  public Module putSubModule(
      Realm realm, String name, NewSubModule subModule, Instant at, Actor actor) {
    synchronized (tables) {
      Module before = existing(realm, name);
      Module after = with(before, List.of(subModule));
      return after.equals(before) ? before : replace(before, after, at, actor, "PutSubModule");
    }
  }

  @Override
  public Imported put(Realm realm, NewModule module, Instant at, Actor actor) {
    synchronized (tables) {
      Optional<Module> before = find(realm, module.name());
      if (before.isEmpty()) {
        insert(realm, module, at, actor, "ImportModule");
        return Imported.CREATED;
      }
      Module after = with(module.change().applied(before.get(), at), module.subModules());
      if (after.equals(before.get())) {
        return Imported.UNCHANGED;
      }
      replace(before.get(), after, at, actor, "ImportModule");
      return Imported.CHANGED;
    }
  }

  private Module existing(Realm realm, String name) {
    return find(realm, name).orElseThrow(() -> RefusedException.of(Refusal.MODULE_NOT_FOUND));
  }

  private void requireFree(Realm realm, int id, String identification) {
    if (tables.modules.stream()
        .filter(each -> each.realm().equals(realm) && each.id() != id)
        .anyMatch(each -> each.identification().equals(identification))) {
      throw RefusedException.ofTakenByModule("identification");
    }
  }

  private Module insert(Realm realm, NewModule module, Instant at, Actor actor, String action) {
    int id = tables.modules.size() + 1;
    requireFree(realm, id, module.identification());
    Module bare =
        new Module(
            id,
            realm,
            module.name(),
            module.identification(),
            module.expireTime(),
            module.disabled().orElse(false) ? Optional.of(at) : Optional.empty(),
            SubModules.NONE,
            at,
            at);
    tables.modules.add(with(bare, module.subModules()));
    note(realm, id, at, actor, action);
    return existing(realm, module.name());
  }

  private Module replace(Module before, Module after, Instant at, Actor actor, String action) {
    requireFree(after.realm(), after.id(), after.identification());
    Module changed = copy(after, after.parts(), at);
    tables.modules.replaceAll(each -> each == before ? changed : each);
    note(after.realm(), after.id(), at, actor, action);
    return changed;
  }

  private void note(Realm realm, int id, Instant at, Actor actor, String action) {
    tables.moduleRevisions.add(id);
    tables.record(at, actor, action, realm.name().value(), Integer.toString(id));
  }

  private Module with(Module module, List<NewSubModule> puts) {
    List<SubModule> parts = new ArrayList<>(module.subModules());
    for (NewSubModule put : puts) {
      String key = NameKeys.fold(put.name());
      Optional<SubModule> before =
          parts.stream().filter(each -> NameKeys.fold(each.name()).equals(key)).findFirst();
      parts.removeIf(each -> before.filter(each::equals).isPresent());
      parts.add(
          before
              .map(each -> new SubModule(each.id(), each.name(), put.expireTime()))
              .orElseGet(() -> new SubModule(++lastPart, put.name(), put.expireTime())));
    }
    parts.sort(Comparator.comparing(each -> NameKeys.fold(each.name()), InMemoryTables.BY_BYTES));
    return copy(module, SubModules.of(parts), module.updateTime());
  }

  private static Module copy(Module module, SubModules parts, Instant updateTime) {
    return new Module(
        module.id(),
        module.realm(),
        module.name(),
        module.identification(),
        module.expireTime(),
        module.disableTime(),
        parts,
        module.createTime(),
        updateTime);
  }
}
