package io.jeton.server.storage;

class InMemoryApplicationStoreTest extends ApplicationStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
