package io.jeton.server.storage;

import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.RealmStore;
import java.time.Instant;
import java.util.List;

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
}
