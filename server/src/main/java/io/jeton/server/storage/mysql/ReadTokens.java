package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.SecretSource;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenDetails;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenLookup;
import io.jeton.server.domain.TokenReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Shows and lists tokens. */
final class ReadTokens implements TokenReader {
  static final String BY_ID =
      "SELECT " + TokenRows.COLUMNS + " FROM token WHERE token_id = ? AND realm_id = ?";

  private static final String LIVE =
      "SELECT " + TokenRows.COLUMNS + " FROM token WHERE realm_id = ? AND live = 1";

  /** What follows the realm when the tokens are those of one contract instance. */
  private static final String OF_ISSUER = " AND issuer = ?";

  private static final String REST = " AND subject = ? AND token_id > ? ORDER BY token_id LIMIT ?";
  private static final String BEHIND = " AND subject > ? ORDER BY subject, token_id LIMIT ?";
  private static final String ALL = " ORDER BY subject, token_id LIMIT ?";

  /** The rest of one subject's tokens, behind an id. */
  static final String OF_SUBJECT = LIVE + REST;

  static final String OF_SUBJECT_AND_ISSUER = LIVE + OF_ISSUER + REST;

  /** The tokens of all subjects behind one. */
  static final String BEHIND_SUBJECT = LIVE + BEHIND;

  private static final String BEHIND_SUBJECT_OF_ISSUER = LIVE + OF_ISSUER + BEHIND;

  /** The tokens of all subjects. */
  static final String OF_REALM = LIVE + ALL;

  private static final String OF_REALM_AND_ISSUER = LIVE + OF_ISSUER + ALL;

  private final Transactions transactions;
  private final TokenRows rows;
  private final TokenLookup lookup;

  ReadTokens(Transactions transactions, TokenRows rows, TokenLookup lookup) {
    this.transactions = transactions;
    this.rows = rows;
    this.lookup = lookup;
  }

  @Override
  public Optional<Token> byId(Realm realm, TokenId id) {
    return transactions.read(handle -> byId(handle, realm, id));
  }

  Optional<Token> byId(Handle handle, Realm realm, TokenId id) {
    return handle
        .createQuery(BY_ID)
        .bind(0, id.value())
        .bind(1, realm.id())
        .map(rows.mapper(handle))
        .findOne();
  }

  @Override
  public Optional<Token> byLookup(Lookup key) {
    return Optional.ofNullable(lookup.find(List.of(key)).get(key));
  }

  @Override
  public List<Token> list(Realm realm, Filter filter, Optional<Position> after, int limit) {
    return transactions.read(
        handle -> list(handle, new In(realm, filter.issuer()), filter, after, limit));
  }

  @Override
  public Map<TokenId, TokenDetails> details(Collection<TokenId> ids) {
    return ids.isEmpty() ? Map.of() : transactions.read(handle -> ReadDetails.select(handle, ids));
  }

  @Override
  public Map<TokenId, SecretSource> sources(Collection<TokenId> ids) {
    return ids.isEmpty()
        ? Map.of()
        : transactions.read(handle -> SecretSources.select(handle, ids));
  }

  /** The realm and, if only its tokens are asked for, the contract instance. */
  private record In(Realm realm, Optional<String> issuer) {}

  private List<Token> list(
      Handle handle, In in, Filter filter, Optional<Position> after, int limit) {
    if (filter.subject().isPresent()) {
      String subject = filter.subject().get();
      int order = after.map(each -> compare(each.subject(), subject)).orElse(-1);
      if (order > 0) {
        return List.of();
      }
      long id = order < 0 ? 0 : after.orElseThrow().id().value();
      return ofSubject(handle, in, subject, id, limit);
    }
    if (after.isEmpty()) {
      return ask(handle, in, OF_REALM, OF_REALM_AND_ISSUER, limit);
    }
    // Two questions instead of one with OR, so that each is a single range of the index.
    Position position = after.get();
    List<Token> page =
        new ArrayList<>(ofSubject(handle, in, position.subject(), position.id().value(), limit));
    if (page.size() < limit) {
      page.addAll(
          ask(
              handle,
              in,
              BEHIND_SUBJECT,
              BEHIND_SUBJECT_OF_ISSUER,
              TokenRows.bytes(position.subject()),
              limit - page.size()));
    }
    return page;
  }

  /** The order of the column: by unsigned bytes. */
  private static int compare(String a, String b) {
    return Arrays.compareUnsigned(TokenRows.bytes(a), TokenRows.bytes(b));
  }

  private List<Token> ofSubject(Handle handle, In in, String subject, long after, int limit) {
    return ask(
        handle, in, OF_SUBJECT, OF_SUBJECT_AND_ISSUER, TokenRows.bytes(subject), after, limit);
  }

  private List<Token> ask(
      Handle handle, In in, String anyIssuer, String ofIssuer, Object... values) {
    try (Query query = handle.createQuery(in.issuer.isPresent() ? ofIssuer : anyIssuer)) {
      int place = 0;
      query.bind(place++, in.realm.id());
      if (in.issuer.isPresent()) {
        query.bind(place++, TokenRows.bytes(in.issuer.get()));
      }
      for (Object value : values) {
        query.bind(place++, value);
      }
      return query.map(rows.mapper(handle)).list();
    }
  }
}
