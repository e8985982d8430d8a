package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A part of a module. Immutable.
 *
 * @param name names it within its module; never changes
 * @param expireTime the first instant at which its licences are no longer active; empty: never
 */
public record SubModule(int id, String name, Optional<Instant> expireTime) {
  /** What stands for the module itself where a sub-module is asked for; none has this name. */
  public static final String ITSELF = "default";

  /** Whether a name, compared as names are, stands for the module itself. */
  public static boolean isItself(String name) {
    return NameKeys.fold(name).equals(ITSELF);
  }

  /** Whether its end has come at an instant given in epoch microseconds. */
  public boolean isOverdueAt(long nowMicros) {
    return expireTime.isPresent() && nowMicros >= Micros.of(expireTime.get());
  }
}
