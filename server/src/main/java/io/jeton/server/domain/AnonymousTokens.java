package io.jeton.server.domain;

import java.time.Instant;

/** Counts tokens that are about nobody. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface AnonymousTokens {
  /**
   * How many tokens without a subject an issuer has in a realm that have not been revoked and can
   * still be used or refreshed, of those that were issued by now: at most so many as are worth
   * knowing. Blocks, the longer the more tokens without a subject the realm has: seconds for a
   * million.
   */
  long count(Realm realm, String issuer, Instant now, long most);
}
