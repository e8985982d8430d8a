package io.jeton.server.domain;

import java.time.Instant;
import java.util.List;

/**
 * Keeps what administrators did as others. Implementations are safe for use by several threads.
 * Blocks.
 */
public interface ActLog {
  /** Adds acts to the audit table, all or none; they are durable when it returns. */
  void record(List<Act> acts);

  /**
   * One call that was made as somebody else.
   *
   * @param realm the tenant's name
   * @param token the administrator's token
   * @param effectiveSubject whom it acted as
   */
  record Act(String realm, TokenId token, String effectiveSubject, Instant at, Actor actor) {}
}
