package io.jeton.server.storage;

class InMemoryLicenceStoreTest extends LicenceStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
