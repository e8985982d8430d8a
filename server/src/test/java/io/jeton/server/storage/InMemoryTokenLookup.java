package io.jeton.server.storage;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenLookup;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Finds the twin's tokens. */
final class InMemoryTokenLookup implements TokenLookup {
  private final InMemoryTables tables;

  InMemoryTokenLookup(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Map<Lookup, Token> find(Collection<Lookup> keys) {
    synchronized (tables) {
      Map<Lookup, Token> found = new HashMap<>();
      for (Lookup key : keys) {
        Token token = tables.live.getOrDefault(key, tables.lastRevoked.get(key));
        if (token != null) {
          found.put(key, token);
        }
      }
      return found;
    }
  }
}
