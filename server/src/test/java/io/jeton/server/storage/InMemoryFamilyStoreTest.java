package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.NOW;

import io.jeton.server.domain.Token;

class InMemoryFamilyStoreTest extends FamilyStoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  StoreUnderTest store() {
    return store;
  }

  @Override
  void endAlone(Token token) {
    store.endAlone(token, NOW);
  }
}
