package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Licence;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Adds rows to the table {@code token}. */
final class InsertToken {
  private static final String TOKEN =
      """
      INSERT INTO token (token_id, realm_id, lookup, live, kind, subject, scopes, app_id, name,
                         issue_time, expire_time, issuer, account_id, family_id, family_end,
                         signing_key_id, module_id, sub_module_id, machine, epoch)
      VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
              (SELECT epoch FROM realm WHERE realm_id = ?))""";

  private static final String REFRESH =
      """
      INSERT INTO token (token_id, realm_id, lookup, live, kind, subject, scopes, app_id, name,
                         issue_time, expire_time, issuer, account_id, family_id, family_end,
                         signing_key_id, module_id, sub_module_id, machine, epoch, partner_id, sealed_partner,
                         seal_end, renewed_kind)
      VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
              (SELECT epoch FROM realm WHERE realm_id = ?), ?, ?, ?, ?)""";

  private static final String FOREIGN =
      """
      INSERT INTO token (token_id, realm_id, lookup, live, kind, subject, scopes, app_id, name,
                         issue_time, expire_time, issuer, account_id, family_id, family_end,
                         signing_key_id, module_id, sub_module_id, machine, epoch, foreign_jti)
      VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
              (SELECT epoch FROM realm WHERE realm_id = ?), ?)""";

  /** The epoch that a token is issued in: the realm's current one. */
  private static final String NOW = "(SELECT epoch FROM realm WHERE realm_id = ?)";

  private static final String RENEWED = TOKEN.replace(NOW, "?");

  private static final String RENEWED_REFRESH = REFRESH.replace(NOW, "?");

  /** What a row of {@link #RENEWED} is made of. */
  private static final int COLUMNS = 19;

  static final String OTHER = "SELECT 1 FROM token WHERE lookup = ? AND token_id <> ? LIMIT 1";

  private InsertToken() {}

  /** The row of a token that was taken over, whose key is known not to be revoked. */
  static void foreign(Handle handle, Token token, String jti) {
    try (Update update = handle.createUpdate(FOREIGN)) {
      bind(update, token).bind(18, token.realm().id()).bind(19, TokenRows.bytes(jti)).execute();
    }
  }

  /**
   * A token's row. A live row that has its key gives way if it was ended with a group that it is
   * of.
   *
   * @throws RefusedException of a signed token: SIGNING_KEY_RETIRED when the key that signed it has
   *     been revoked meanwhile, TOKEN_EXISTS when there ever was another with its key
   */
  static void token(Handle handle, Token token) {
    try {
      token(handle, TOKEN, token, token.realm().id());
    } catch (RuntimeException e) {
      if (token.ties().signingKeyId() != 0 || !isFreed(handle, token.lookup(), e)) {
        throw e;
      }
      token(handle, TOKEN, token, token.realm().id());
    }
  }

  /** Whether an insert failed because its key was taken by a row that has given way now. */
  private static boolean isFreed(Handle handle, Lookup lookup, RuntimeException failure) {
    return StoreFailures.duplicateKey(failure).filter("token_lookup"::equals).isPresent()
        && EpochRows.free(handle, lookup);
  }

  /**
   * The row of a token that takes another's place, as {@link #token} adds it, in the other's epoch:
   * whatever ends the other, now or already, ends it too.
   */
  static void renewed(Handle handle, Token token) {
    token(handle, RENEWED, token, token.epoch());
  }

  /** The rows of tokens that nothing has signed, each in its epoch, with one statement. */
  static void inEpochs(Handle handle, List<Token> tokens) {
    String row = RENEWED.substring(RENEWED.indexOf("VALUES") + "VALUES".length());
    try (Update update = handle.createUpdate(RENEWED + ("," + row).repeat(tokens.size() - 1))) {
      int from = 0;
      for (Token token : tokens) {
        bind(update, from, token).bind(from + COLUMNS - 1, token.epoch());
        from += COLUMNS;
      }
      update.execute();
    }
  }

  private static void token(Handle handle, String sql, Token token, int epoch) {
    int signingKeyId = token.ties().signingKeyId();
    if (signingKeyId != 0) {
      SigningKeys.requireNotRevoked(handle, signingKeyId);
      // Without a lock, so that those who try again and again don't queue behind each other.
      requireFirst(handle, token);
    }
    try (Update update = handle.createUpdate(sql)) {
      bind(update, token).bind(18, epoch).execute();
    }
    if (signingKeyId != 0) {
      requireFirst(handle, token);
    }
  }

  /**
   * Refuses a key that another row has, live or ended. Comes after the insert too, which has waited
   * for whoever was ending a live row of this key, and which nobody's insert of this key gets past.
   */
  private static void requireFirst(Handle handle, Token token) {
    try (Query query = handle.createQuery(OTHER)) {
      boolean isThere =
          query
              .bind(0, token.lookup().bytes())
              .bind(1, token.id().value())
              .mapTo(Integer.class)
              .findOne()
              .isPresent();
      if (isThere) {
        throw RefusedException.of(Refusal.TOKEN_EXISTS);
      }
    }
  }

  /**
   * A refresh secret's row, whose seal is erased when the family ends. A live row that has its key
   * gives way as one of a token does.
   */
  static void refresh(Handle handle, RefreshRow refresh) {
    int realmId = refresh.token().realm().id();
    try {
      refresh(handle, REFRESH, refresh, realmId);
    } catch (RuntimeException e) {
      if (!isFreed(handle, refresh.token().lookup(), e)) {
        throw e;
      }
      refresh(handle, REFRESH, refresh, realmId);
    }
  }

  /** The row of a refresh secret that takes another's place, in the other's epoch. */
  static void renewedRefresh(Handle handle, RefreshRow refresh) {
    refresh(handle, RENEWED_REFRESH, refresh, refresh.token().epoch());
  }

  private static void refresh(Handle handle, String sql, RefreshRow refresh, int epoch) {
    Ties.Family family = refresh.token().ties().family();
    String renewedKind = refresh.token().renewedKind();
    try (Update update = handle.createUpdate(sql)) {
      bind(update, refresh.token())
          .bind(18, epoch)
          .bind(19, refresh.partner().value())
          .bind(20, refresh.sealedPartner())
          .bind(21, familyEnd(family))
          .bind(22, renewedKind.isEmpty() ? null : TokenRows.bytes(renewedKind))
          .execute();
    }
  }

  private static Update bind(Update update, Token token) {
    return bind(update, 0, token);
  }

  private static Update bind(Update update, int from, Token token) {
    Ties ties = token.ties();
    Ties.Family family = ties.family();
    Licence licence = ties.licence();
    return update
        .bind(from, token.id().value())
        .bind(from + 1, token.realm().id())
        .bind(from + 2, token.lookup().bytes())
        .bind(from + 3, TokenRows.bytes(token.kind()))
        .bind(from + 4, TokenRows.bytes(token.subject()))
        .bind(from + 5, TokenRows.bytes(token.scopes().text()))
        .bind(from + 6, TokenRows.bytes(token.appId()))
        .bind(from + 7, TokenRows.bytes(token.name()))
        .bind(from + 8, Micros.of(token.issueTime()))
        .bind(from + 9, TokenRows.micros(token.expireTime()))
        .bind(from + 10, TokenRows.bytes(ties.issuer()))
        .bind(from + 11, ties.accountId().map(AccountId::value).orElse(null))
        .bind(from + 12, family == null ? null : family.id().value())
        .bind(from + 13, familyEnd(family))
        .bind(from + 14, ties.signingKeyId() == 0 ? null : ties.signingKeyId())
        .bind(from + 15, licence == null ? null : licence.module().moduleId())
        .bind(from + 16, subModuleId(licence))
        .bind(
            from + 17,
            licence == null || licence.machine().isEmpty()
                ? null
                : TokenRows.bytes(licence.machine()));
  }

  private static @Nullable Long familyEnd(Ties.@Nullable Family family) {
    return family == null ? null : TokenRows.micros(family.endTime());
  }

  private static @Nullable Integer subModuleId(@Nullable Licence licence) {
    return licence == null || licence.module().subModuleId() == 0
        ? null
        : licence.module().subModuleId();
  }
}
