package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Extension;
import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenExtender;
import io.jeton.server.domain.TokenId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.Update;

/** Moves the ends of tokens. */
final class ExtendToken implements TokenExtender {
  static final String EXTEND = "UPDATE token SET expire_time = ? WHERE token_id = ? AND live = 1";

  private final Transactions transactions;
  private final ReadTokens reader;
  private final FindMembers members;

  ExtendToken(Transactions transactions, ReadTokens reader, FindMembers members) {
    this.transactions = transactions;
    this.reader = reader;
    this.members = members;
  }

  @Override
  public Optional<Token> extend(
      Realm realm,
      TokenId id,
      Extension extension,
      Instant at,
      Actor actor,
      Consumer<Lookup> touched) {
    return transactions.writeInLane(
        (handle, lane) -> {
          Optional<Token> found = reader.byId(handle, realm, id);
          if (found.isEmpty()) {
            return found;
          }
          Ties.Family family = found.get().ties().family();
          if (family != null) {
            FamilyRows.lock(handle, family.id());
          }
          Optional<FamilyMember> member = members.lock(handle, realm, id);
          if (member.isEmpty()) {
            // It was removed while this waited for it.
            return Optional.empty();
          }
          Token token = member.get().token();
          if (token.isRevoked() || EpochRows.endOf(handle, token).isPresent()) {
            throw RefusedException.of(Refusal.TOKEN_INACTIVE);
          }
          extension.requireMovable(token, member.get().partner().isPresent());
          Token extended = extension.of(token, at);
          if (extended.expireTime().equals(token.expireTime())) {
            return Optional.of(token);
          }
          touched.accept(token.lookup());
          try (Update update = handle.createUpdate(EXTEND)) {
            update.bind(0, TokenRows.micros(extended.expireTime())).bind(1, id.value()).execute();
          }
          Revisions.insert(handle, lane, token.lookup(), at);
          Audit.insert(handle, at, actor, "ExtendToken", realm.name().value(), id.toString());
          return Optional.of(extended);
        });
  }
}
