package io.jeton.server.domain;

import java.util.Collection;
import java.util.Map;

/** Finds tokens by what is presented. Implementations are safe for use by several threads. */
public interface TokenLookup {
  /**
   * The tokens of these keys, in one question to the store: for each key its live token, else the
   * last one that was revoked, else nothing. Blocks.
   *
   * @throws RefusedException when the store does not answer
   */
  Map<Lookup, Token> find(Collection<Lookup> keys);
}
