package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/** What to change of a module. What is empty stays. */
public record ModuleChange(
    Optional<String> identification, Optional<Expiry> expiry, Optional<Boolean> disabled) {

  /** An end; empty: never. */
  public record Expiry(Optional<Instant> time) {}

  /** The module as it will be. The time since when it is disabled stays. */
  public Module applied(Module before, Instant at) {
    return new Module(
        before.id(),
        before.realm(),
        before.name(),
        identification.orElse(before.identification()),
        expiry.isPresent() ? expiry.get().time() : before.expireTime(),
        disableTime(before.disableTime(), at),
        before.parts(),
        before.createTime(),
        before.updateTime());
  }

  private Optional<Instant> disableTime(Optional<Instant> before, Instant at) {
    if (disabled.isEmpty()) {
      return before;
    }
    return disabled.get() ? before.or(() -> Optional.of(at)) : Optional.empty();
  }
}
