package io.jeton.client;

import java.time.Duration;

/** How a token to be issued can be refreshed. */
public sealed interface Refreshing {

  /** It cannot be. */
  record Never() implements Refreshing {}

  /**
   * With its own secret, which a refresh ends and replaces.
   *
   * @param window how long, from the first token on; refreshes don't move its end
   */
  record WithItself(Duration window) implements Refreshing {}

  /**
   * With a second secret, which a refresh replaces; the token's own stays, with a new end.
   *
   * @param window how long, from the first token on; refreshes don't move its end
   */
  record WithPair(Duration window) implements Refreshing {}
}
