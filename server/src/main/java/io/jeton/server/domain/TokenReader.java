package io.jeton.server.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
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
  default List<Token> list(
      Realm realm, Optional<String> subject, Optional<Position> after, int limit) {
    return list(realm, new Filter(subject, Optional.empty()), after, limit);
  }

  /** Such of them as a filter lets pass. */
  List<Token> list(Realm realm, Filter filter, Optional<Position> after, int limit);

  /** What else is known of tokens; those of which nothing is are left out. */
  Map<TokenId, TokenDetails> details(Collection<TokenId> ids);

  /** What the secrets of tokens can be made again from; others are left out. */
  Map<TokenId, SecretSource> sources(Collection<TokenId> ids);

  /**
   * Which tokens to list.
   *
   * @param subject those about one subject
   * @param issuer those that one contract instance made
   */
  record Filter(Optional<String> subject, Optional<String> issuer) {}

  /** A token's place in the order of a list. */
  record Position(String subject, TokenId id) {}
}
