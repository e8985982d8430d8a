package io.jeton.server.storage;

class InMemoryAnonymousTokensTest extends AnonymousTokensContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }
}
