package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenLookup;
import io.jeton.server.domain.TokenReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Shows and lists tokens. */
final class ReadTokens implements TokenReader {
  static final String BY_ID =
      "SELECT " + TokenRows.COLUMNS + " FROM token WHERE token_id = ? AND realm_id = ?";

  private static final String LIVE =
      "SELECT " + TokenRows.COLUMNS + " FROM token WHERE realm_id = ? AND live = 1 AND ";

  /** The rest of one subject's tokens, behind an id. */
  static final String OF_SUBJECT = LIVE + "subject = ? AND token_id > ? ORDER BY token_id LIMIT ?";

  /** The tokens of all subjects behind one. */
  static final String BEHIND_SUBJECT = LIVE + "subject > ? ORDER BY subject, token_id LIMIT ?";

  private static final String FIRST = LIVE.replace(" AND live = 1 AND ", " AND live = 1 ");

  /** The tokens of all subjects. */
  static final String OF_REALM = FIRST + "ORDER BY subject, token_id LIMIT ?";

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
  public List<Token> list(
      Realm realm, Optional<String> subject, Optional<Position> after, int limit) {
    return transactions.read(
        handle -> {
          if (subject.isPresent()) {
            int order = after.map(each -> compare(each.subject(), subject.get())).orElse(-1);
            if (order > 0) {
              return List.of();
            }
            long id = order < 0 ? 0 : after.orElseThrow().id().value();
            return ofSubject(handle, realm, subject.get(), id, limit);
          }
          if (after.isEmpty()) {
            try (Query query = handle.createQuery(OF_REALM)) {
              return query.bind(0, realm.id()).bind(1, limit).map(rows.mapper(handle)).list();
            }
          }
          // Two questions instead of one with OR, so that each is a single range of the index.
          Position position = after.get();
          List<Token> page =
              new ArrayList<>(
                  ofSubject(handle, realm, position.subject(), position.id().value(), limit));
          if (page.size() < limit) {
            page.addAll(behindSubject(handle, realm, position.subject(), limit - page.size()));
          }
          return page;
        });
  }

  /** The order of the column: by unsigned bytes. */
  private static int compare(String a, String b) {
    return Arrays.compareUnsigned(TokenRows.bytes(a), TokenRows.bytes(b));
  }

  private List<Token> ofSubject(Handle handle, Realm realm, String subject, long after, int limit) {
    return handle
        .createQuery(OF_SUBJECT)
        .bind(0, realm.id())
        .bind(1, TokenRows.bytes(subject))
        .bind(2, after)
        .bind(3, limit)
        .map(rows.mapper(handle))
        .list();
  }

  private List<Token> behindSubject(Handle handle, Realm realm, String subject, int limit) {
    return handle
        .createQuery(BEHIND_SUBJECT)
        .bind(0, realm.id())
        .bind(1, TokenRows.bytes(subject))
        .bind(2, limit)
        .map(rows.mapper(handle))
        .list();
  }
}
