package io.jeton.server.storage;

import org.junit.jupiter.api.extension.RegisterExtension;

class MySqlSessionStoreTest extends SessionStoreContract {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  @Override
  StoreUnderTest store() {
    return mysql;
  }
}
