package io.jeton.server.domain;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** An internal service that may call Jeton. */
public record Caller(
    int id, String name, Grants grants, Instant createTime, Optional<Instant> disableTime) {
  /** The server itself, which may do everything; it is in no store and has no key. */
  public static final Caller SERVER =
      new Caller(
          Actor.SERVER.callerId(),
          "server",
          Grants.of(Map.of(Grants.ALL_REALMS, EnumSet.of(Permission.ADMIN))),
          Instant.EPOCH,
          Optional.empty());

  public boolean isDisabled() {
    return disableTime.isPresent();
  }
}
