package io.jeton.server.storage.mysql;

import io.jeton.server.domain.TokenDetails;
import io.jeton.server.domain.TokenId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What is known of tokens that no cache holds. */
final class ReadDetails {
  static final String SELECT =
      "SELECT token_id, imported_id, last_use_time FROM token WHERE token_id IN (<ids>)"
          + " AND (imported_id IS NOT NULL OR last_use_time IS NOT NULL)";

  private ReadDetails() {}

  /** That of at least one token. */
  static Map<TokenId, TokenDetails> select(Handle handle, Collection<TokenId> ids) {
    try (Query query = handle.createQuery(SELECT)) {
      return query
          .bindList("ids", ids.stream().map(TokenId::value).toList())
          .map((row, context) -> Map.entry(new TokenId(row.getLong(1)), details(row)))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
  }

  private static TokenDetails details(ResultSet row) throws SQLException {
    long importedId = row.getLong(2);
    return new TokenDetails(
        row.wasNull() ? OptionalLong.empty() : OptionalLong.of(importedId), TokenRows.time(row, 3));
  }
}
