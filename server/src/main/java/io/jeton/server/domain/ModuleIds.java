package io.jeton.server.domain;

import java.util.Optional;

/** Finds the ids of modules. Implementations are safe for use by several threads. May block. */
@FunctionalInterface
public interface ModuleIds {
  /** The id of the module of a name, compared folded; empty when the realm has none. */
  Optional<Integer> find(Realm realm, String name);
}
