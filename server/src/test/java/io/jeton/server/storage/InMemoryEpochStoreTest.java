package io.jeton.server.storage;

class InMemoryEpochStoreTest extends EpochStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
