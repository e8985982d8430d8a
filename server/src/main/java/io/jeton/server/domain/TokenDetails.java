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

  /** The same of a licence that was used at this time too. */
  public TokenDetails usedAlso(Optional<Instant> use) {
    boolean isLater = use.isPresent() && (lastUse.isEmpty() || lastUse.get().isBefore(use.get()));
    return isLater ? new TokenDetails(importedId, use) : this;
  }
}
