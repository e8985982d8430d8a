package io.jeton.server.storage.mysql;

import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Finds tokens and refresh secrets with all that a refresh looks at. */
final class FindMembers {
  private static final String SELECT =
      "SELECT "
          + TokenRows.COLUMNS
          + ", partner_id, sealed_partner, spent_time, sealed_answer, seal_end,"
          + " partner_id IS NULL AND EXISTS (SELECT 1 FROM token AS renewer"
          + " WHERE renewer.family_id = token.family_id"
          + " AND renewer.live = 1 AND renewer.partner_id = token.token_id) AS has_renewer,"
          + " EXISTS (SELECT 1 FROM token AS other WHERE other.family_id = token.family_id"
          + " AND other.live = 1 AND other.partner_id IS NULL AND "
          + EpochRows.alive("other")
          // In this order: a realm has few revoked keys, a family may have many tokens.
          + ") AND NOT EXISTS (SELECT 1 FROM signing_key AS gone STRAIGHT_JOIN token AS signed"
          + " ON signed.signing_key_id = gone.signing_key_id AND signed.family_id = token.family_id"
          + " WHERE gone.realm_id = token.realm_id AND gone.revoke_time IS NOT NULL) AS is_family_live"
          + " FROM token WHERE ";

  static final String LIVE = SELECT + "lookup = ? AND live = 1";

  static final String LAST_ENDED =
      SELECT
          + "token_id = (SELECT MAX(ended.token_id) FROM token AS ended"
          + " WHERE ended.lookup = ? AND ended.live IS NULL)";

  static final String RENEWER = SELECT + "family_id = ? AND live = 1 AND partner_id = ?";

  static final String BY_ID = SELECT + "token_id = ? AND realm_id = ? FOR UPDATE";

  private final Transactions transactions;
  private final TokenRows rows;

  FindMembers(Transactions transactions, TokenRows rows) {
    this.transactions = transactions;
    this.rows = rows;
  }

  Optional<FamilyMember> find(Lookup lookup) {
    return transactions.read(
        handle -> {
          Optional<FamilyMember> live = ask(handle, LIVE, lookup.bytes());
          return live.isPresent() ? live : ask(handle, LAST_ENDED, lookup.bytes());
        });
  }

  /** The last member of a key that ended. */
  Optional<FamilyMember> lastEnded(Lookup lookup) {
    return transactions.read(handle -> ask(handle, LAST_ENDED, lookup.bytes()));
  }

  /** The live members of keys. */
  List<FamilyMember> live(Handle handle, List<Lookup> keys) {
    return ask(handle, live(keys.size()), keys);
  }

  /** The last member of each key that ended. */
  List<FamilyMember> lastEnded(Handle handle, List<Lookup> keys) {
    return ask(handle, lastEnded(keys.size()), keys);
  }

  static String live(int count) {
    return SELECT + "lookup IN (" + Parts.places(count) + ") AND live = 1";
  }

  static String lastEnded(int count) {
    return SELECT
        + "token_id IN (SELECT MAX(ended.token_id) FROM token AS ended WHERE ended.lookup IN ("
        + Parts.places(count)
        + ") AND ended.live IS NULL GROUP BY ended.lookup)";
  }

  private List<FamilyMember> ask(Handle handle, String sql, List<Lookup> keys) {
    try (Query query = handle.createQuery(sql)) {
      for (int place = 0; place < keys.size(); place++) {
        query.bind(place, keys.get(place).bytes());
      }
      RowMapper<Token> tokens = rows.mapper(handle);
      return query.map((row, context) -> member(tokens, row, context)).list();
    }
  }

  Optional<FamilyMember> renewerOf(Token token) {
    Ties.Family family = token.ties().family();
    return family == null
        ? Optional.empty()
        : transactions.read(
            handle -> ask(handle, RENEWER, family.id().value(), token.id().value()));
  }

  /** The row as it is now, locked until the transaction ends. */
  Optional<FamilyMember> lock(Handle handle, Realm realm, TokenId id) {
    return ask(handle, BY_ID, id.value(), realm.id());
  }

  private Optional<FamilyMember> ask(Handle handle, String sql, Object... values) {
    try (Query query = handle.createQuery(sql)) {
      for (int place = 0; place < values.length; place++) {
        query.bind(place, values[place]);
      }
      RowMapper<Token> tokens = rows.mapper(handle);
      return query.map((row, context) -> member(tokens, row, context)).findOne();
    }
  }

  private static FamilyMember member(
      RowMapper<Token> tokens, ResultSet row, StatementContext context) throws SQLException {
    long partner = row.getLong("partner_id");
    return new FamilyMember(
        tokens.map(row, context),
        partner == 0 ? Optional.empty() : Optional.of(new TokenId(partner)),
        Optional.ofNullable(row.getBytes("sealed_partner")),
        TokenRows.time(row, "spent_time"),
        Optional.ofNullable(row.getBytes("sealed_answer")),
        TokenRows.time(row, "seal_end"),
        row.getBoolean("has_renewer"),
        row.getBoolean("is_family_live"));
  }
}
