package io.jeton.server.storage;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.SecretSource;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenDetails;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenReader;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Shows the twin's tokens. */
final class InMemoryTokenReader implements TokenReader {
  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::subject, InMemoryTables.BY_BYTES).thenComparing(Position::id);

  private final InMemoryTables tables;

  InMemoryTokenReader(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<Token> byId(Realm realm, TokenId id) {
    synchronized (tables) {
      return Optional.ofNullable(tables.tokens.get(id)).filter(in(realm));
    }
  }

  @Override
  public Optional<Token> byLookup(Lookup lookup) {
    synchronized (tables) {
      return Optional.ofNullable(tables.live.getOrDefault(lookup, tables.lastRevoked.get(lookup)));
    }
  }

  @Override
  public List<Token> list(Realm realm, Filter filter, Optional<Position> after, int limit) {
    synchronized (tables) {
      return tables.live.values().stream()
          .filter(in(realm))
          .filter(token -> filter.subject().map(token.subject()::equals).orElse(true))
          .filter(token -> filter.issuer().map(token.issuer()::equals).orElse(true))
          .filter(token -> after.isEmpty() || ORDER.compare(position(token), after.get()) > 0)
          .sorted(Comparator.comparing(InMemoryTokenReader::position, ORDER))
          .limit(limit)
          .toList();
    }
  }

  /** Nothing but imports and licences has any, which the twin has not. */
  @Override
  public Map<TokenId, TokenDetails> details(Collection<TokenId> ids) {
    return Map.of();
  }

  @Override
  public Map<TokenId, SecretSource> sources(Collection<TokenId> ids) {
    synchronized (tables) {
      Map<TokenId, SecretSource> found = new HashMap<>(tables.sources);
      found.keySet().retainAll(ids);
      return found;
    }
  }

  private static Predicate<Token> in(Realm realm) {
    return token -> token.realm().id() == realm.id();
  }

  private static Position position(Token token) {
    return new Position(token.subject(), token.id());
  }
}
