package io.jeton.server.storage;

class InMemoryTokenStoreTest extends TokenStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
