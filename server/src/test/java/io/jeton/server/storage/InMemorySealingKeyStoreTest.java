package io.jeton.server.storage;

class InMemorySealingKeyStoreTest extends SealingKeyStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
