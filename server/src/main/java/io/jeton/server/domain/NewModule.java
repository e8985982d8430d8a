package io.jeton.server.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A module to add, or what one is to be. Immutable.
 *
 * @param disabled whether it is disabled; empty: it is not, or stays as it is if it is there
 * @param subModules its parts, no two of one name
 */
public record NewModule(
    String name,
    String identification,
    Optional<Instant> expireTime,
    Optional<Boolean> disabled,
    List<NewSubModule> subModules) {

  /** A part to add, or what the one of its name is to be. */
  public record NewSubModule(String name, Optional<Instant> expireTime) {}

  /** What makes the module of its name that is there what it says, but for the parts. */
  public ModuleChange change() {
    return new ModuleChange(
        Optional.of(identification), Optional.of(new ModuleChange.Expiry(expireTime)), disabled);
  }
}
