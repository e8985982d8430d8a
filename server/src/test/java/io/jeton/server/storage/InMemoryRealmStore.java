package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.RealmStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The twin's realms. */
final class InMemoryRealmStore implements RealmStore {
  private final InMemoryTables tables;

  InMemoryRealmStore(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public List<Realm> all() {
    synchronized (tables) {
      return List.copyOf(tables.realms);
    }
  }

  @Override
  public void ensure(RealmName name, Instant at) {
    synchronized (tables) {
      if (tables.realms.stream().noneMatch(realm -> realm.name().equals(name))) {
        tables.realms.add(new Realm(tables.realms.size() + 1, name));
      }
    }
  }

  @Override
  public Imported put(RealmName name, Optional<ZoneId> zone, Instant at, Actor actor) {
    synchronized (tables) {
      Optional<ZoneId> before = zone(name);
      ensure(name, at);
      ZoneId after = zone.or(() -> before).orElse(ZoneId.of("UTC"));
      if (before.equals(Optional.of(after))) {
        return Imported.UNCHANGED;
      }
      tables.zones.put(name, after);
      tables.audit.add(new AuditRecord(at, actor, "ImportRealm", name.value(), name.value()));
      return before.isEmpty() ? Imported.CREATED : Imported.CHANGED;
    }
  }

  @Override
  public Optional<ZoneId> zone(RealmName name) {
    synchronized (tables) {
      return tables.realms.stream().anyMatch(realm -> realm.name().equals(name))
          ? Optional.of(tables.zones.getOrDefault(name, ZoneId.of("UTC")))
          : Optional.empty();
    }
  }

  @Override
  public Map<RealmName, ZoneId> zones() {
    synchronized (tables) {
      return tables.realms.stream()
          .collect(Collectors.toMap(Realm::name, realm -> zone(realm.name()).orElseThrow()));
    }
  }
}
