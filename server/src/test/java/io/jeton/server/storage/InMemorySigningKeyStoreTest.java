package io.jeton.server.storage;

class InMemorySigningKeyStoreTest extends SigningKeyStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
