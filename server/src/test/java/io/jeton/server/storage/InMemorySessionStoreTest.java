package io.jeton.server.storage;

class InMemorySessionStoreTest extends SessionStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
