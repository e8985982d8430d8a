package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountStore.Credentials;
import io.jeton.server.domain.ImportedHash;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Reads rows of the table {@code account}, and makes the texts that its keys hold. */
final class AccountRows {
  /** The columns that the mapper reads, in its order. */
  static final String COLUMNS =
      "account_id, name, email, phone, qq, password_hash, disable_time, ban_time, end_time,"
          + " profile, create_time, update_time, imported_hash";

  private AccountRows() {}

  static RowMapper<Credentials> mapper(Realm realm) {
    return (row, context) -> credentials(realm, row);
  }

  private static Credentials credentials(Realm realm, ResultSet row) throws SQLException {
    Optional<Secret> hash = text(row, 6).map(Secret::of);
    Account account =
        new Account(
            realm,
            new AccountId(row.getLong(1)),
            new Account.Names(text(row, 2), text(row, 3), text(row, 4), text(row, 5)),
            hash.isPresent(),
            TokenRows.time(row, 7),
            TokenRows.time(row, 8),
            TokenRows.time(row, 9),
            TokenRows.text(row.getBytes(10)),
            Micros.toInstant(row.getLong(11)),
            Micros.toInstant(row.getLong(12)));
    return new Credentials(
        account, hash, Optional.ofNullable(row.getBytes(13)).map(ImportedHash::of));
  }

  /** What a name or an e-mail address is found by. */
  static byte @Nullable [] key(Optional<String> text) {
    return TokenRows.bytes(text.map(NameKeys::fold));
  }

  private static Optional<String> text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getBytes(column)).map(TokenRows::text);
  }
}
