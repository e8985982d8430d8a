package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Session;
import io.jeton.server.domain.SessionId;
import io.jeton.server.domain.SessionStore.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Reads rows of the table {@code session}. */
final class SessionRows {
  /** The columns that the mapper of sessions reads, in its order. */
  static final String COLUMNS = "session_id, realm_id, account_id, create_time, expire_time";

  /** The columns that the mapper of sessions with their data reads. */
  static final String SEALED = COLUMNS + ", sealed_data";

  private final Realms realms;

  SessionRows(Realms realms) {
    this.realms = realms;
  }

  RowMapper<Session> mapper(Handle handle) {
    return (row, context) -> session(realms.byId(handle, row.getInt(2)), row);
  }

  RowMapper<Sealed> sealedMapper(Handle handle) {
    return (row, context) ->
        new Sealed(session(realms.byId(handle, row.getInt(2)), row), row.getBytes(6));
  }

  private static Session session(Realm realm, ResultSet row) throws SQLException {
    long account = row.getLong(3);
    return new Session(
        realm,
        new SessionId(row.getLong(1)),
        account == 0 ? Optional.empty() : Optional.of(new AccountId(account)),
        Micros.toInstant(row.getLong(4)),
        Micros.toInstant(row.getLong(5)));
  }

  static @Nullable Long id(Optional<AccountId> account) {
    return account.isPresent() ? account.get().value() : null;
  }
}
