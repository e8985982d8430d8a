package io.jeton.server.api;

import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenReader;
import io.jeton.server.domain.TokenReader.Filter;
import io.jeton.server.domain.TokenReader.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists tokens that have not ended, whether alone or with a group: of the latter the store has the
 * rows still, and any number of them can lie between two that are alive. Safe for use by several
 * threads; blocks.
 */
final class LiveTokens {
  /**
   * The most rows that are read for a page: when all have ended, that takes a fifth of a second.
   */
  static final int MOST_READ = 10_000;

  /** How many rows are read at once after the first that were not enough. */
  private static final int CHUNK = 1_000;

  private final TokenReader reader;
  private final Epochs epochs;

  LiveTokens(TokenReader reader, Epochs epochs) {
    this.reader = reader;
    this.epochs = epochs;
  }

  /**
   * Some tokens.
   *
   * @param next behind what to go on; empty: there are no more
   */
  record Page(List<Token> tokens, Optional<Position> next) {}

  /** Tokens behind a position: as many as asked for, or fewer when too many rows were read. */
  Page page(Realm realm, Filter filter, Optional<Position> after, int size) {
    List<Token> live = new ArrayList<>();
    Optional<Position> behind = after;
    int chunk = size + 1;
    for (int read = 0; read < MOST_READ; read += chunk) {
      chunk = read == 0 ? size + 1 : Math.min(Math.max(CHUNK, size + 1), MOST_READ - read);
      List<Token> rows = reader.list(realm, filter, behind, chunk);
      for (Token row : rows) {
        if (!epochs.isEnded(row)) {
          if (live.size() == size) {
            return new Page(live, Optional.of(position(live.get(size - 1))));
          }
          live.add(row);
        }
      }
      if (rows.size() < chunk) {
        return new Page(live, Optional.empty());
      }
      behind = Optional.of(position(rows.get(rows.size() - 1)));
    }
    return new Page(live, behind);
  }

  private static Position position(Token token) {
    return new Position(token.subject(), token.id());
  }
}
