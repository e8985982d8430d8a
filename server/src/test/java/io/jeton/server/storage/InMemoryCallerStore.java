package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.CallerStore;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The twin's callers. */
final class InMemoryCallerStore implements CallerStore {
  private final InMemoryTables tables;

  InMemoryCallerStore(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Map<Lookup, Caller> enabledByKey() {
    synchronized (tables) {
      Map<Lookup, Caller> enabled = new HashMap<>();
      tables.callers.values().stream()
          .filter(caller -> !caller.isDisabled())
          .forEach(caller -> enabled.put(tables.callerKeys.get(caller.name()), caller));
      return enabled;
    }
  }

  @Override
  public Optional<Caller> byName(String name) {
    synchronized (tables) {
      return Optional.ofNullable(tables.callers.get(name));
    }
  }

  @Override
  public List<Caller> list(Optional<String> after, int limit) {
    synchronized (tables) {
      return tables.callers.values().stream()
          .filter(
              caller ->
                  after.isEmpty()
                      || InMemoryTables.BY_BYTES.compare(caller.name(), after.get()) > 0)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public Caller create(String name, Lookup keyDigest, Grants grants, Instant at, Actor actor) {
    synchronized (tables) {
      if (tables.callers.containsKey(name)) {
        throw RefusedException.of(Refusal.CALLER_EXISTS);
      }
      Caller caller = new Caller(tables.callers.size() + 1, name, grants, at, Optional.empty());
      tables.callers.put(name, caller);
      tables.callerKeys.put(name, keyDigest);
      tables.record(at, actor, "CreateCaller", "", name);
      return caller;
    }
  }

  @Override
  public Caller update(String name, Grants grants, Instant at, Actor actor) {
    synchronized (tables) {
      Caller before = existing(name);
      if (before.isDisabled()) {
        throw RefusedException.of(Refusal.CALLER_DISABLED);
      }
      Caller after =
          new Caller(before.id(), name, grants, before.createTime(), before.disableTime());
      return replace(after, "UpdateCaller", at, actor);
    }
  }

  @Override
  public Caller disable(String name, Instant at, Actor actor) {
    synchronized (tables) {
      Caller before = existing(name);
      if (before.isDisabled()) {
        return before;
      }
      Caller after =
          new Caller(before.id(), name, before.grants(), before.createTime(), Optional.of(at));
      return replace(after, "DisableCaller", at, actor);
    }
  }

  @Override
  public boolean isEmpty() {
    synchronized (tables) {
      return tables.callers.isEmpty();
    }
  }

  private Caller existing(String name) {
    return byName(name).orElseThrow(() -> RefusedException.of(Refusal.CALLER_NOT_FOUND));
  }

  private Caller replace(Caller after, String action, Instant at, Actor actor) {
    boolean leavesAdministrator =
        tables.callers.values().stream()
            .map(each -> each.name().equals(after.name()) ? after : each)
            .anyMatch(each -> !each.isDisabled() && each.grants().isAdministrator());
    if (!leavesAdministrator) {
      throw RefusedException.of(Refusal.LAST_ADMINISTRATOR);
    }
    tables.callers.put(after.name(), after);
    tables.record(at, actor, action, "", after.name());
    return after;
  }
}
