package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.SealingKeyStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** The twin's sealing keys. */
final class InMemorySealingKeyStore implements SealingKeyStore {
  private final InMemoryTables tables;

  InMemorySealingKeyStore(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<WrappedKey> newest() {
    synchronized (tables) {
      return tables.sealingKey.map(key -> new WrappedKey(key.id(), key.wrapped().clone()));
    }
  }

  @Override
  public void addFirst(byte[] wrapped, Instant at) {
    synchronized (tables) {
      if (tables.sealingKey.isEmpty()) {
        tables.sealingKey = Optional.of(new WrappedKey(1, wrapped.clone()));
      }
    }
  }

  @Override
  public boolean rewrap(WrappedKey was, byte[] wrapped, Instant at, Actor actor) {
    synchronized (tables) {
      if (tables
          .sealingKey
          .filter(key -> key.id() == was.id() && Arrays.equals(key.wrapped(), was.wrapped()))
          .isEmpty()) {
        return false;
      }
      tables.sealingKey = Optional.of(new WrappedKey(was.id(), wrapped.clone()));
      tables.audit.add(new AuditRecord(at, actor, "RewrapKeyRing", "", "" + was.id()));
      return true;
    }
  }
}
