package io.jeton.server.storage;

class InMemoryRealmStoreTest extends RealmStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
