package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenLookup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds tokens by their lookup: the live ones first, then, for keys that have none, the last that
 * was revoked.
 */
final class FindTokens implements TokenLookup {
  private final Transactions transactions;
  private final TokenRows rows;
  private final Map<Integer, String> liveSql = new ConcurrentHashMap<>();
  private final Map<Integer, String> revokedSql = new ConcurrentHashMap<>();

  FindTokens(Transactions transactions, TokenRows rows) {
    this.transactions = transactions;
    this.rows = rows;
  }

  static String live(int keys) {
    return "SELECT "
        + TokenRows.COLUMNS
        + " FROM token WHERE lookup IN ("
        + Parts.places(keys)
        + ") AND live = 1";
  }

  static String lastRevoked(int keys) {
    return "SELECT "
        + TokenRows.COLUMNS
        + " FROM token WHERE token_id IN (SELECT MAX(token_id) FROM token WHERE lookup IN ("
        + Parts.places(keys)
        + ") AND live IS NULL GROUP BY lookup)";
  }

  @Override
  public Map<Lookup, Token> find(Collection<Lookup> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    return transactions.read(
        handle -> {
          Map<Lookup, Token> found = new HashMap<>();
          ask(handle, liveSql.computeIfAbsent(size(keys), FindTokens::live), keys, found);
          List<Lookup> missing = new ArrayList<>(keys);
          missing.removeAll(found.keySet());
          if (!missing.isEmpty()) {
            String sql = revokedSql.computeIfAbsent(size(missing), FindTokens::lastRevoked);
            ask(handle, sql, missing, found);
          }
          return found;
        });
  }

  private void ask(Handle handle, String sql, Collection<Lookup> keys, Map<Lookup, Token> found) {
    try (Query query = handle.createQuery(sql)) {
      int place = 0;
      byte[] bytes = {};
      for (Lookup key : keys) {
        bytes = key.bytes();
        query.bind(place++, bytes);
      }
      for (int size = size(keys); place < size; place++) {
        query.bind(place, bytes);
      }
      query.map(rows.mapper(handle)).forEach(token -> found.put(token.lookup(), token));
    }
  }

  /** The next power of two, the last key repeated, so that few statements are prepared. */
  private static int size(Collection<Lookup> keys) {
    return keys.size() == 1 ? 1 : Integer.highestOneBit(keys.size() - 1) << 1;
  }
}
