package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.crypto.TokenFormat;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Samples;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  @Test
  void everyWrite_hasOneRecord_ofWhoWhatWhereAndResult() throws Exception {
    write(TokenFormat.newToken().reveal(), TokenFormat.newServiceKey().reveal());

    assertThat(
            mysql.query(
                """
                SELECT CONCAT_WS('|', audit_time, caller_id, action, realm, target, address,
                                 request_id, result)
                FROM audit ORDER BY audit_id"""))
        .containsExactly(
            "1795242514123456|7|IssueToken|default|1|192.0.2.1|req-1|OK",
            "1795242514123456|7|RevokeToken|default|1|192.0.2.1|req-1|OK",
            "1795242514123456|7|CreateCaller||billing|192.0.2.1|req-1|OK",
            "1795242514123456|7|UpdateCaller||billing|192.0.2.1|req-1|OK");
  }

  @Test
  void noTable_holdsASecret_orItsPlainDigest() throws Exception {
    String secret = TokenFormat.newToken().reveal();
    String key = TokenFormat.newServiceKey().reveal();
    write(secret, key);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    List<String> forbidden =
        List.of(
            hex(secret.getBytes(StandardCharsets.UTF_8)),
            hex(digest),
            hex(key.getBytes(StandardCharsets.UTF_8)));

    List<String> columns =
        mysql.query(
            "SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns"
                + " WHERE table_schema = DATABASE()");
    assertThat(columns).hasSizeGreaterThan(40);
    for (String column : columns) {
      String table = column.substring(0, column.indexOf('.'));
      String name = column.substring(column.indexOf('.') + 1);
      for (String cell : mysql.query("SELECT HEX(`" + name + "`) FROM " + table)) {
        assertThat(String.valueOf(cell)).as(column).doesNotContain(forbidden);
      }
    }
  }

  private static void write(String secret, String key) throws Exception {
    mysql.realms().ensure(Samples.realm("default"), NOW);
    Realm realm = mysql.realms().all().get(0);
    Token token = Samples.token(realm, 1, secret);
    mysql.tokenWriter().insert(token, true, Optional.of(Samples.request(7, "r", NOW)), ACTOR);
    mysql.tokenWriter().revoke(realm, token.id(), NOW, ACTOR, touched -> {});
    mysql.tokenWriter().revoke(realm, token.id(), NOW, ACTOR, touched -> {});
    Grants admin = Grants.of(Map.of("*", EnumSet.of(Permission.ADMIN)));
    mysql.callers().create("billing", Samples.serviceKey(key), admin, NOW, ACTOR);
    mysql.callers().update("billing", admin, NOW, ACTOR);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
  }
}
