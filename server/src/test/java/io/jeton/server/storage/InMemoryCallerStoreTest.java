package io.jeton.server.storage;

class InMemoryCallerStoreTest extends CallerStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
