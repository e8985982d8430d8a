package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Extension;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenExtender;
import io.jeton.server.domain.TokenId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Moves the ends of the twin's tokens. */
final class InMemoryTokenExtender implements TokenExtender {
  private final InMemoryTables tables;

  InMemoryTokenExtender(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<Token> extend(
      Realm realm,
      TokenId id,
      Extension extension,
      Instant at,
      Actor actor,
      Consumer<Lookup> touched) {
    synchronized (tables) {
      Token token = tables.tokens.get(id);
      if (token == null || token.realm().id() != realm.id()) {
        return Optional.empty();
      }
      if (token.isRevoked() || tables.ended.isEnded(token)) {
        throw RefusedException.of(Refusal.TOKEN_INACTIVE);
      }
      extension.requireMovable(token, tables.refreshing(id).partner() != null);
      Token extended = extension.of(token, at);
      if (!extended.expireTime().equals(token.expireTime())) {
        touched.accept(token.lookup());
        tables.change(extended);
        tables.record(at, actor, "ExtendToken", realm.name().value(), id.toString());
      }
      return Optional.of(extended);
    }
  }
}
