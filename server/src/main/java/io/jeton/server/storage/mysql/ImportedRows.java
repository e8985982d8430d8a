package io.jeton.server.storage.mysql;

import io.jeton.server.domain.ImportedToken;
import io.jeton.server.domain.ImportedToken.Present;
import io.jeton.server.domain.Licence;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenDetails;
import io.jeton.server.domain.TokenId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Reads and writes the rows of imported tokens. */
final class ImportedRows {
  static final String LIVE =
      "SELECT "
          + TokenRows.COLUMNS
          + ", imported_id, last_use_time,"
          + " signed_content IS NOT NULL OR sealed_secret IS NOT NULL AS has_source"
          + " FROM token WHERE lookup = ? AND live = 1";

  private static final String LOCK = LIVE + " FOR UPDATE";

  static final String KNOWN = "SELECT 1 FROM token WHERE lookup = ? LIMIT 1";

  private static final String DETAILS =
      "UPDATE token SET imported_id = ?, last_use_time = ? WHERE token_id = ?";

  private static final String UPDATE =
      """
      UPDATE token SET kind = ?, subject = ?, account_id = ?, scopes = ?, app_id = ?, name = ?,
                       expire_time = ?, machine = ?, epoch = ?
      WHERE token_id = ? AND live = 1""";

  private final TokenRows rows;

  ImportedRows(TokenRows rows) {
    this.rows = rows;
  }

  /** The live row, unless it was ended with a group that it is of. */
  Optional<Present> live(Handle handle, Lookup lookup) {
    return ask(handle, LIVE, lookup).filter(row -> isAlive(handle, row));
  }

  /** The same row, locked until the transaction ends. */
  Optional<Present> lock(Handle handle, Lookup lookup) {
    return ask(handle, LOCK, lookup).filter(row -> isAlive(handle, row));
  }

  private static boolean isAlive(Handle handle, Present row) {
    return EpochRows.endOf(handle, row.token()).isEmpty();
  }

  /** Whether a key is in use, or ever was. */
  static boolean isKnown(Handle handle, Lookup lookup) {
    try (Query query = handle.createQuery(KNOWN)) {
      return query.bind(0, lookup.bytes()).mapTo(Integer.class).findOne().isPresent();
    }
  }

  static void putDetails(
      Handle handle, TokenId id, OptionalLong importedId, Optional<Instant> lastUse) {
    if (importedId.isEmpty() && lastUse.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(DETAILS)) {
      update
          .bind(0, importedId.isPresent() ? (Long) importedId.getAsLong() : null)
          .bind(1, TokenRows.micros(lastUse))
          .bind(2, id.value())
          .execute();
    }
  }

  /**
   * Brings a live row to what is asked.
   *
   * @param epoch the realm's, which is held: the row may come to be of a group that was ended
   *     before
   */
  static void update(Handle handle, ImportedToken asked, Present present, int epoch) {
    TokenId id = present.token().id();
    Token.Attributes attributes = asked.attributesFor(present.token());
    try (Update update = handle.createUpdate(UPDATE)) {
      update
          .bind(0, TokenRows.bytes(attributes.kind()))
          .bind(1, TokenRows.bytes(attributes.subject()))
          .bind(2, attributes.ties().accountId().map(each -> each.value()).orElse(null))
          .bind(3, TokenRows.bytes(attributes.scopes().text()))
          .bind(4, TokenRows.bytes(attributes.appId()))
          .bind(5, TokenRows.bytes(attributes.name()))
          .bind(6, TokenRows.micros(attributes.expireTime()))
          .bind(7, machine(attributes.ties().licence()))
          .bind(8, epoch)
          .bind(9, id.value())
          .execute();
    }
    TokenDetails details = asked.detailsFor(present.details());
    putDetails(handle, id, details.importedId(), details.lastUse());
  }

  private static byte @Nullable [] machine(@Nullable Licence licence) {
    return licence == null || licence.machine().isEmpty()
        ? null
        : TokenRows.bytes(licence.machine());
  }

  private Optional<Present> ask(Handle handle, String sql, Lookup lookup) {
    try (Query query = handle.createQuery(sql)) {
      RowMapper<Token> tokens = rows.mapper(handle);
      return query
          .bind(0, lookup.bytes())
          .map(
              (row, context) -> {
                long importedId = row.getLong("imported_id");
                OptionalLong id =
                    row.wasNull() ? OptionalLong.empty() : OptionalLong.of(importedId);
                return new Present(
                    tokens.map(row, context),
                    new TokenDetails(id, TokenRows.time(row, row.findColumn("last_use_time"))),
                    row.getBoolean("has_source"));
              })
          .findOne();
    }
  }
}
