package io.jeton.server.storage;

class InMemoryForeignTokenStoreTest extends ForeignTokenStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
