package io.jeton.server.storage;

class InMemoryAccountImportsTest extends AccountImportsContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
