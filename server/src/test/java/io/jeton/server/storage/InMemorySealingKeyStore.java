package io.jeton.server.storage;

import io.jeton.server.domain.SealingKeyStore;
import java.time.Instant;
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
}
