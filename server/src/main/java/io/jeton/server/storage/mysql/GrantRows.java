package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Grants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Collects one caller's rows of the table {@code caller_grant}. Used by one thread. */
final class GrantRows {
  private final Map<String, Integer> bits = new HashMap<>();
  private final Map<String, Set<String>> signKeys = new HashMap<>();

  /** Reads realm, permissions and sign_keys, the first three columns. */
  String add(ResultSet row) throws SQLException {
    String realm = TokenRows.text(row.getBytes(1));
    bits.put(realm, row.getInt(2));
    String keys = TokenRows.text(row.getBytes(3));
    if (!keys.isEmpty()) {
      signKeys.put(realm, Set.of(keys.split(" ", -1)));
    }
    return realm;
  }

  Grants grants() {
    return Grants.ofBits(bits, signKeys);
  }
}
