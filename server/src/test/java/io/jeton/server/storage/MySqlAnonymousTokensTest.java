package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Realm;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MySqlAnonymousTokensTest extends AnonymousTokensContract {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  @Override
  StoreUnderTest store() {
    return mysql;
  }

  @Test
  void count_goesOn_stretchByStretch_andEndsWhenItIsEnough() throws Exception {
    Realm realm = mysql.realms().all().get(0);
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO token (token_id, realm_id, lookup, live, kind, subject, scopes, app_id,
                             issuer, issue_time, epoch)
          SELECT seq, %d, UNHEX(SHA2(seq, 256)), 1, 'access', '', '', '',
                 IF(seq %% 3 = 0, 'other', 'chatot'), 1, 0
          FROM seq_1_to_12000"""
              .formatted(realm.id()));
    }

    assertThat(mysql.anonymousTokens().count(realm, "chatot", NOW, 1_000_000)).isEqualTo(8_000);
    assertThat(mysql.anonymousTokens().count(realm, "other", NOW, 1_000_000)).isEqualTo(4_000);
    assertThat(mysql.anonymousTokens().count(realm, "chatot", NOW, 3_000)).isEqualTo(3_000);
  }
}
