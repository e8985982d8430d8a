package io.jeton.server.storage;

class InMemoryModuleStoreTest extends ModuleStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
