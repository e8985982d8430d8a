package io.jeton.server.api;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenReader;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the token that a request names. Safe for use by several threads; blocks. */
final class NamedTokens {
  private final TokenReader reader;

  NamedTokens(TokenReader reader) {
    this.reader = reader;
  }

  /**
   * The token with this id.
   *
   * @throws RefusedException TOKEN_NOT_FOUND
   */
  Token byId(Realm realm, String id) {
    return orNotFound(TokenId.parse(id).flatMap(each -> reader.byId(realm, each)));
  }

  /**
   * The token with this secret, else what this secret refreshes with.
   *
   * @throws RefusedException TOKEN_NOT_FOUND
   */
  Token bySecret(Realm realm, String secret) {
    return bySecret(realm, secret, Optional::empty);
  }

  /** The token with this secret, else what this secret refreshes with, else another. */
  Token bySecret(Realm realm, String secret, Supplier<Optional<Token>> otherwise) {
    return orNotFound(
        reader
            .byLookup(Lookups.ofToken(realm.name(), secret))
            .or(() -> reader.byLookup(Lookups.ofRefresh(realm.name(), secret)))
            .or(otherwise));
  }

  static Token orNotFound(Optional<Token> token) {
    return token.orElseThrow(() -> RefusedException.of(Refusal.TOKEN_NOT_FOUND));
  }
}
