package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountStore.Credentials;
import io.jeton.server.domain.ImportedAccount;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds the accounts that have an id or a name of many, in one question. */
final class FindHolders {
  private FindHolders() {}

  /** Some may be there more than once. */
  static List<Credentials> select(Handle handle, Realm realm, List<ImportedAccount> records) {
    List<Part> parts = new ArrayList<>();
    add(parts, "account_id", records, each -> each.id().map(AccountId::value));
    add(parts, "name_key", records, each -> each.names().name().map(FindHolders::key));
    add(parts, "email_key", records, each -> each.names().email().map(FindHolders::key));
    add(parts, "phone", records, each -> each.names().phone().map(TokenRows::bytes));
    add(parts, "qq", records, each -> each.names().qq().map(TokenRows::bytes));
    if (parts.isEmpty()) {
      return List.of();
    }
    String sql = String.join(" UNION ALL ", parts.stream().map(Part::sql).toList());
    try (Query query = handle.createQuery(sql)) {
      int position = 0;
      for (Part part : parts) {
        query.bind(position++, realm.id());
        for (Object value : part.values) {
          query.bind(position++, value);
        }
      }
      return query.map(AccountRows.mapper(realm)).list();
    }
  }

  /** One range of rows a key: with OR it would be a scan. */
  private record Part(String column, List<Object> values) {
    String sql() {
      return "SELECT "
          + AccountRows.COLUMNS
          + " FROM account WHERE realm_id = ? AND "
          + column
          + " IN ("
          + String.join(", ", values.stream().map(any -> "?").toList())
          + ")";
    }
  }

  private static void add(
      List<Part> parts,
      String column,
      List<ImportedAccount> records,
      Function<ImportedAccount, Optional<?>> value) {
    List<Object> values = new ArrayList<>();
    records.forEach(each -> value.apply(each).ifPresent(values::add));
    if (!values.isEmpty()) {
      parts.add(new Part(column, values));
    }
  }

  private static byte[] key(String text) {
    return TokenRows.bytes(NameKeys.fold(text));
  }
}
