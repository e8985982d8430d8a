package io.jeton.server.domain;

import java.util.List;
import java.util.Optional;

/**
 * Shows tokens to those who manage them. Implementations are safe for use by several threads.
 * Blocks.
 */
public interface TokenReader {
  Optional<Token> byId(Realm realm, TokenId id);

  /** The live token of a key, else the last one that was revoked. */
  Optional<Token> byLookup(Lookup lookup);

  /**
   * Tokens that have not been revoked, ordered by the subject's bytes and then by id.
   *
   * @param subject limits them to one subject
   * @param after the position behind which to begin
   * @param limit how many at the most
   */
  List<Token> list(Realm realm, Optional<String> subject, Optional<Position> after, int limit);

  /** A token's place in the order of a list. */
  record Position(String subject, TokenId id) {}
}
