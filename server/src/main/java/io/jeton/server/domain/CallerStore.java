package io.jeton.server.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps callers. Each change and its audit record are one transaction. Implementations are safe for
 * use by several threads. Blocks.
 */
public interface CallerStore {
  /** The callers that are not disabled, by their key's digest. */
  Map<Lookup, Caller> enabledByKey();

  Optional<Caller> byName(String name);

  /** Callers in the order of their names' bytes, those behind {@code after}. */
  List<Caller> list(Optional<String> after, int limit);

  /**
   * Adds a caller.
   *
   * @throws RefusedException CALLER_EXISTS
   */
  Caller create(String name, Lookup keyDigest, Grants grants, Instant at, Actor actor);

  /**
   * Replaces a caller's grants.
   *
   * @throws RefusedException CALLER_NOT_FOUND, CALLER_DISABLED, LAST_ADMINISTRATOR
   */
  Caller update(String name, Grants grants, Instant at, Actor actor);

  /**
   * Ends a caller's key for good; one that is disabled stays as it is.
   *
   * @throws RefusedException CALLER_NOT_FOUND, LAST_ADMINISTRATOR
   */
  Caller disable(String name, Instant at, Actor actor);

  /** Whether no caller has ever been made. */
  boolean isEmpty();
}
