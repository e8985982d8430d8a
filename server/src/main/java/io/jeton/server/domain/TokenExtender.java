package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves the ends of tokens. The promises of {@link TokenWriter} hold here too. Implementations are
 * safe for use by several threads. Blocks.
 */
public interface TokenExtender {
  /**
   * Moves the end of one token, also of one that has expired; its family's stays. One whose end
   * would be the same stays as it is.
   *
   * @param touched told the token's key before the commit
   * @return the token as it is now, or empty when the realm has none with this id
   * @throws RefusedException TOKEN_INACTIVE when it is revoked; FIELD_INVALID for a signed token
   *     that has an end, which its claims may hold, and for a secret that only renews a token
   */
  Optional<Token> extend(
      Realm realm,
      TokenId id,
      Extension extension,
      Instant at,
      Actor actor,
      Consumer<Lookup> touched);
}
