package io.jeton.server.domain;

import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Adds and changes tokens that original servers made, many at once. Implementations are safe for
 * use by several threads. Blocks.
 */
public interface TokenImports {
  /**
   * The tokens that have these keys, live or ended.
   *
   * @return for each key that was ever in use what is live now; empty: nothing is
   */
  Map<Lookup, Optional<ImportedToken.Present>> present(Collection<Lookup> keys);

  /**
   * Brings tokens of one realm to what is said of them, all or none, in their order. One that has
   * ended stays ended; one about an account that is disabled or banned ends.
   *
   * @param touched told the key of every token that is added or changed, before the commit
   * @return what became of each
   * @throws RefusedException ACCOUNT_NOT_FOUND
   * @throws DuplicateIdException when another token has an id of these
   */
  List<Imported> apply(
      Realm realm, List<ImportedToken> tokens, Instant at, Actor actor, Consumer<Lookup> touched)
      throws DuplicateIdException;
}
