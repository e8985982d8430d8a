package io.jeton.server.storage;

class InMemoryAccountStoreTest extends AccountStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
