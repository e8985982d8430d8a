package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter.Revocation;
import io.jeton.server.feed.Lane;
import io.jeton.server.storage.mysql.FamilyRows.Change;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Ends tokens, each with its family. */
final class RevokeTokens {
  static final String REVOKE =
      "UPDATE token SET live = NULL, revoke_time = ? WHERE token_id = ? AND realm_id = ? AND live = 1";

  private final Transactions transactions;
  private final ReadTokens reader;
  private final FindMembers members;

  RevokeTokens(Transactions transactions, ReadTokens reader, FindMembers members) {
    this.transactions = transactions;
    this.reader = reader;
    this.members = members;
  }

  Optional<Revocation> revoke(
      Realm realm, TokenId id, Instant at, Actor actor, Consumer<Lookup> touched) {
    Change change = new Change(actor, "RevokeToken", id);
    return transactions.writeInLane(
        (handle, lane) -> {
          Optional<Token> found = reader.byId(handle, realm, id);
          if (found.isEmpty()) {
            return Optional.empty();
          }
          Ties.Family family = found.get().ties().family();
          boolean changed =
              family == null
                  ? revokeAlone(handle, lane, found.get(), at, change, touched)
                  : revokeMember(handle, lane, found.get(), family.id(), at, change, touched);
          return reader.byId(handle, realm, id).map(token -> new Revocation(token, changed));
        });
  }

  void revokeFamily(
      Realm realm, TokenId family, Instant at, Actor actor, Consumer<Lookup> touched) {
    Change change = new Change(actor, "RevokeFamily", family);
    transactions.writeInLane(
        (handle, lane) -> {
          FamilyRows.lock(handle, family);
          return FamilyRows.end(handle, lane, realm, family, at, change, touched) > 0;
        });
  }

  private static boolean revokeAlone(
      Handle handle, Lane lane, Token token, Instant at, Change change, Consumer<Lookup> touched) {
    touched.accept(token.lookup());
    int ended;
    try (Update update = handle.createUpdate(REVOKE)) {
      ended =
          update
              .bind(0, Micros.of(at))
              .bind(1, token.id().value())
              .bind(2, token.realm().id())
              .execute();
    }
    if (ended == 1) {
      Revisions.insert(handle, lane, token.lookup(), at);
      Audit.insert(
          handle,
          at,
          change.actor(),
          change.action(),
          token.realm().name().value(),
          change.target().toString());
    }
    return ended == 1;
  }

  private boolean revokeMember(
      Handle handle,
      Lane lane,
      Token token,
      TokenId family,
      Instant at,
      Change change,
      Consumer<Lookup> touched) {
    FamilyRows.lock(handle, family);
    Optional<FamilyMember> now = members.lock(handle, token.realm(), token.id());
    // It may have been removed while this waited for it.
    return now.filter(each -> !each.token().isRevoked() || each.isInGraceAt(at)).isPresent()
        && FamilyRows.end(handle, lane, token.realm(), family, at, change, touched) > 0;
  }
}
