package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Adds and ends tokens. */
final class WriteTokens implements TokenWriter {
  private static final String INSERT =
      """
      INSERT INTO token (token_id, realm_id, lookup, live, kind, subject, scopes, app_id, name,
                         issue_time, expire_time, issuer, account_id, family_id, family_end,
                         signing_key_id)
      VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  static final String REVOKE =
      "UPDATE token SET live = NULL, revoke_time = ? WHERE token_id = ? AND realm_id = ? AND live = 1";

  private final Transactions transactions;
  private final ReadTokens reader;

  WriteTokens(Transactions transactions, ReadTokens reader) {
    this.transactions = transactions;
    this.reader = reader;
  }

  @Override
  public void insert(
      Token token, boolean guessable, Optional<RememberedRequest> request, Actor actor)
      throws DuplicateIdException, DuplicateRequestException {
    try {
      if (guessable) {
        transactions.writeInLane(
            (handle, lane) -> {
              insert(handle, token, request, actor);
              Revisions.insert(handle, lane, token.lookup(), token.issueTime());
              return token;
            });
      } else {
        transactions.write(handle -> insert(handle, token, request, actor));
      }
    } catch (RememberedRequests.KnownException e) {
      throw new DuplicateRequestException();
    } catch (RuntimeException e) {
      if (StoreFailures.duplicateKey(e).orElseThrow(() -> e).equals("token_lookup")) {
        throw RefusedException.of(Refusal.TOKEN_EXISTS);
      }
      throw new DuplicateIdException();
    }
  }

  private static Token insert(
      Handle handle, Token token, Optional<RememberedRequest> request, Actor actor) {
    request.ifPresent(each -> RememberedRequests.insert(handle, each));
    int signingKeyId = token.ties().signingKeyId();
    if (signingKeyId != 0) {
      SigningKeys.requireNotRevoked(handle, signingKeyId);
    }
    insertRow(handle, token);
    Audit.insert(
        handle,
        token.issueTime(),
        actor,
        "IssueToken",
        token.realm().name().value(),
        token.id().toString());
    return token;
  }

  /** Inserts the row alone. */
  static void insertRow(Handle handle, Token token) {
    Ties ties = token.ties();
    Ties.Family family = ties.family();
    try (Update update = handle.createUpdate(INSERT)) {
      update
          .bind(0, token.id().value())
          .bind(1, token.realm().id())
          .bind(2, token.lookup().bytes())
          .bind(3, TokenRows.bytes(token.kind()))
          .bind(4, TokenRows.bytes(token.subject()))
          .bind(5, TokenRows.bytes(token.scopes().text()))
          .bind(6, TokenRows.bytes(token.appId()))
          .bind(7, TokenRows.bytes(token.name()))
          .bind(8, Micros.of(token.issueTime()))
          .bind(9, TokenRows.micros(token.expireTime()))
          .bind(10, TokenRows.bytes(ties.issuer()))
          .bind(11, ties.accountId().map(AccountId::value).orElse(null))
          .bind(12, family == null ? null : family.id().value())
          .bind(13, family == null ? null : Micros.of(family.end()))
          .bind(14, ties.signingKeyId() == 0 ? null : ties.signingKeyId())
          .execute();
    }
  }

  @Override
  public Optional<Token> revoke(Realm realm, TokenId id, Instant at, Actor actor) {
    return transactions.writeInLane(
        (handle, lane) -> {
          int ended;
          try (Update update = handle.createUpdate(REVOKE)) {
            ended = update.bind(0, Micros.of(at)).bind(1, id.value()).bind(2, realm.id()).execute();
          }
          Optional<Token> token = reader.byId(handle, realm, id);
          if (ended == 1) {
            Revisions.insert(handle, lane, token.orElseThrow().lookup(), at);
            Audit.insert(handle, at, actor, "RevokeToken", realm.name().value(), id.toString());
          }
          return token;
        });
  }

  @Override
  public Optional<RememberedRequest> remembered(RequestKey key, Instant now) {
    return transactions.write(handle -> RememberedRequests.select(handle, key, now));
  }
}
