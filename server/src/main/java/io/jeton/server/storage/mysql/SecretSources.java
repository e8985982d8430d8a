package io.jeton.server.storage.mysql;

import io.jeton.server.domain.SecretSource;
import io.jeton.server.domain.TokenId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** What is kept of the secrets of tokens that are shown again. */
final class SecretSources {
  private static final String PUT =
      "UPDATE token SET signed_content = ?, sealed_secret = ? WHERE token_id = ?";

  static final String SELECT =
      "SELECT token_id, signed_content, sealed_secret FROM token WHERE token_id IN (<ids>)"
          + " AND (signed_content IS NOT NULL OR sealed_secret IS NOT NULL)";

  private SecretSources() {}

  static void put(Handle handle, TokenId id, SecretSource source) {
    try (Update update = handle.createUpdate(PUT)) {
      update
          .bind(0, source instanceof SecretSource.Signed signed ? signed.content() : null)
          .bind(1, source instanceof SecretSource.Sealed sealed ? sealed.secret() : null)
          .bind(2, id.value())
          .execute();
    }
  }

  /** Those of at least one token. */
  static Map<TokenId, SecretSource> select(Handle handle, Collection<TokenId> ids) {
    try (Query query = handle.createQuery(SELECT)) {
      return query
          .bindList("ids", ids.stream().map(TokenId::value).toList())
          .map((row, context) -> Map.entry(new TokenId(row.getLong(1)), source(row)))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
  }

  private static SecretSource source(ResultSet row) throws SQLException {
    byte[] signed = row.getBytes(2);
    return signed == null
        ? new SecretSource.Sealed(row.getBytes(3))
        : new SecretSource.Signed(signed);
  }
}
