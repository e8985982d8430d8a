package io.jeton.server.storage.mysql;

import com.github.benmanes.caffeine.cache.Interner;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Licence;
import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of the table {@code token}. What many tokens have in common is shared, because
 * millions are held at once.
 */
final class TokenRows {
  /** The columns that the mapper reads, in its order. */
  static final String COLUMNS =
      "token_id, realm_id, lookup, kind, subject, scopes, app_id, name, issue_time, expire_time,"
          + " revoke_time, issuer, account_id, family_id, family_end, signing_key_id, module_id,"
          + " sub_module_id, machine, epoch";

  private final Realms realms;
  private final ModuleNames modules = new ModuleNames();
  private final Interner<String> words = Interner.newWeakInterner();
  private final Interner<Scopes> scopeSets = Interner.newWeakInterner();

  TokenRows(Realms realms) {
    this.realms = realms;
  }

  RowMapper<Token> mapper(Handle handle) {
    return (row, context) -> token(handle, row);
  }

  private Token token(Handle handle, ResultSet row) throws SQLException {
    Realm realm = realms.byId(handle, row.getInt(2));
    Token.Attributes attributes =
        new Token.Attributes(
            words.intern(text(row.getBytes(4))),
            text(row.getBytes(5)),
            scopeSets.intern(Scopes.parse(text(row.getBytes(6)))),
            words.intern(text(row.getBytes(7))),
            Optional.ofNullable(row.getBytes(8)).map(TokenRows::text),
            time(row, 10),
            ties(handle, row));
    return Token.of(
            Lookup.of(row.getBytes(3)),
            new TokenId(row.getLong(1)),
            realm,
            attributes,
            Micros.toInstant(row.getLong(9)),
            time(row, 11))
        .inEpoch(row.getInt(20));
  }

  private Ties ties(Handle handle, ResultSet row) throws SQLException {
    long account = row.getLong(13);
    long family = row.getLong(14);
    return new Ties(
        words.intern(text(row.getBytes(12))),
        account == 0 ? null : new AccountId(account),
        family == 0 ? null : new Ties.Family(new TokenId(family), time(row, 15).orElse(null)),
        row.getInt(16),
        licence(handle, row));
  }

  private @Nullable Licence licence(Handle handle, ResultSet row) throws SQLException {
    int module = row.getInt(17);
    if (module == 0) {
      return null;
    }
    LicensedModule licensed = modules.byId(handle, module, row.getInt(18));
    byte[] machine = row.getBytes(19);
    return new Licence(licensed, machine == null ? "" : text(machine));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte @Nullable [] bytes(Optional<String> text) {
    return text.isPresent() ? bytes(text.get()) : null;
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static @Nullable Long micros(Optional<Instant> time) {
    return time.isPresent() ? Micros.of(time.get()) : null;
  }

  static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Micros.toInstant(micros));
  }
}
