package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/** An internal service that may call Jeton. */
public record Caller(
    int id, String name, Grants grants, Instant createTime, Optional<Instant> disableTime) {

  public boolean isDisabled() {
    return disableTime.isPresent();
  }
}
