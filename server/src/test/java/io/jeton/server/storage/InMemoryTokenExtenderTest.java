package io.jeton.server.storage;

class InMemoryTokenExtenderTest extends TokenExtenderContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
