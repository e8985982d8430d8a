package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is told of a token to those who manage it, and to nobody else. Immutable.
 *
 * @param importedId what an original server called it
 * @param lastUse when the licence was last verified for its machine
 */
public record TokenDetails(OptionalLong importedId, Optional<Instant> lastUse) {
  public static final TokenDetails NONE = new TokenDetails(OptionalLong.empty(), Optional.empty());
}
