package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountStore.Credentials;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.Realm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds and lists accounts. */
final class FindAccounts {
  private static final String SELECT =
      "SELECT " + AccountRows.COLUMNS + " FROM account WHERE realm_id = ? AND ";

  static final String BY_ID = SELECT + "account_id = ?";
  static final String BY_NAME = SELECT + "name_key = ?";
  static final String BY_EMAIL = SELECT + "email_key = ?";
  static final String BY_PHONE = SELECT + "phone = ?";
  static final String BY_QQ = SELECT + "qq = ?";

  /** One range of one row a key: with OR it would be a scan. The last column is the precedence. */
  static final String BY_LOGIN =
      precedence(BY_EMAIL, 1)
          + " UNION ALL "
          + precedence(BY_PHONE, 2)
          + " UNION ALL "
          + precedence(BY_NAME, 3);

  static final String LIST = SELECT + "account_id > ? ORDER BY account_id LIMIT ?";

  static final String LARGEST_ID = "SELECT MAX(account_id) FROM account WHERE realm_id = ?";

  /** What a hash says of how it was computed: everything before its salt. */
  static final String SCHEMES =
      """
      SELECT SUBSTRING_INDEX(password_hash, '$', IF(password_hash LIKE '$2%', 3, 4))
      FROM account WHERE realm_id = ? AND account_id > ? AND account_id <= ?
      ORDER BY account_id LIMIT 100""";

  private static final int RANGES = 10;
  private static final int PRECEDENCE = 14;

  private final Transactions transactions;

  FindAccounts(Transactions transactions) {
    this.transactions = transactions;
  }

  Optional<Credentials> find(Realm realm, AccountRef ref) {
    return transactions.read(handle -> find(handle, realm, ref));
  }

  Optional<Credentials> find(Handle handle, Realm realm, AccountRef ref) {
    String text = ref.text();
    return switch (ref.by()) {
      case ID -> AccountId.parse(text).flatMap(id -> byId(handle, realm, id));
      case NAME -> one(handle, BY_NAME, realm, NameKeys.fold(text));
      case EMAIL -> one(handle, BY_EMAIL, realm, NameKeys.fold(text));
      case PHONE -> one(handle, BY_PHONE, realm, text);
      case QQ -> one(handle, BY_QQ, realm, text);
      case LOGIN -> byLogin(handle, realm, text);
    };
  }

  List<Account> list(Realm realm, Optional<AccountId> after, int limit) {
    return transactions.read(
        handle ->
            handle
                .createQuery(LIST)
                .bind(0, realm.id())
                .bind(1, after.map(AccountId::value).orElse(0L))
                .bind(2, limit)
                .map(AccountRows.mapper(realm))
                .map(Credentials::account)
                .list());
  }

  Map<String, Integer> sampleSchemes(Realm realm) {
    return transactions.read(
        handle -> {
          Map<String, Integer> counts = new HashMap<>();
          long largest = largestId(handle, realm);
          for (int n = 0; n < RANGES; n++) {
            try (Query query = handle.createQuery(SCHEMES)) {
              query
                  .bind(0, realm.id())
                  .bind(1, largest / RANGES * n)
                  .bind(2, n == RANGES - 1 ? largest : largest / RANGES * (n + 1))
                  .map((row, context) -> Optional.ofNullable(row.getBytes(1)))
                  .forEach(
                      scheme ->
                          scheme
                              .map(TokenRows::text)
                              .ifPresent(text -> counts.merge(text, 1, Integer::sum)));
            }
          }
          return counts;
        });
  }

  /** The largest id of the realm; 0 when it has no account. */
  static long largestId(Handle handle, Realm realm) {
    return handle
        .createQuery(LARGEST_ID)
        .bind(0, realm.id())
        .map((row, context) -> row.getLong(1))
        .one();
  }

  private static Optional<Credentials> byId(Handle handle, Realm realm, AccountId id) {
    return handle
        .createQuery(BY_ID)
        .bind(0, realm.id())
        .bind(1, id.value())
        .map(AccountRows.mapper(realm))
        .findOne();
  }

  private static Optional<Credentials> one(Handle handle, String sql, Realm realm, String key) {
    return handle
        .createQuery(sql)
        .bind(0, realm.id())
        .bind(1, TokenRows.bytes(key))
        .map(AccountRows.mapper(realm))
        .findOne();
  }

  private static Optional<Credentials> byLogin(Handle handle, Realm realm, String text) {
    String key = NameKeys.fold(text);
    return handle
        .createQuery(BY_LOGIN)
        .bind(0, realm.id())
        .bind(1, TokenRows.bytes(key))
        .bind(2, realm.id())
        .bind(3, TokenRows.bytes(text))
        .bind(4, realm.id())
        .bind(5, TokenRows.bytes(key))
        .map(
            (row, context) ->
                Map.entry(row.getInt(PRECEDENCE), AccountRows.mapper(realm).map(row, context)))
        .stream()
        .min(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue);
  }

  private static String precedence(String sql, int precedence) {
    return sql.replace(" FROM ", ", " + precedence + " FROM ");
  }
}
