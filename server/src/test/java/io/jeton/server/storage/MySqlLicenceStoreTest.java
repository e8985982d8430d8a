package io.jeton.server.storage;

import org.junit.jupiter.api.extension.RegisterExtension;

class MySqlLicenceStoreTest extends LicenceStoreContract {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  @Override
  StoreUnderTest store() {
    return mysql;
  }
}
