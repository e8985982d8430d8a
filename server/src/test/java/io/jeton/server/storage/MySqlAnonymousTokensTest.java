package io.jeton.server.storage;

import org.junit.jupiter.api.extension.RegisterExtension;

class MySqlAnonymousTokensTest extends AnonymousTokensContract {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  @Override
  StoreUnderTest store() {
    return mysql;
  }
}
