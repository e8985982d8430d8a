package io.jeton.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An internal service that may call the server.
 *
 * @param name names it
 * @param grants what it is allowed
 * @param createTime when it was added
 * @param disableTime when it was disabled; empty: it is not
 */
public record Caller(
    String name, List<Grant> grants, Instant createTime, Optional<Instant> disableTime) {

  /** Copies the list. */
  public Caller {
    grants = List.copyOf(grants);
  }
}
