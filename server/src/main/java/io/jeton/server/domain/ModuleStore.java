package io.jeton.server.domain;

import io.jeton.server.domain.NewModule.NewSubModule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps modules and their parts. Each change, its revision and its audit record are one
 * transaction; a change that changes nothing leaves no trace. Implementations are safe for use by
 * several threads. Blocks.
 */
public interface ModuleStore {
  /** The modules of all realms, by realm and folded name, each with its parts by folded name. */
  List<Module> all();

  Optional<Module> find(Realm realm, String name);

  /**
   * Modules of a realm in the order of their folded names.
   *
   * @param after those behind the module of this name; empty: from the beginning
   */
  List<Module> list(Realm realm, Optional<String> after, int limit);

  /**
   * Adds a module with its parts.
   *
   * @throws RefusedException MODULE_EXISTS for the name or identification that another one has
   */
  Module create(Realm realm, NewModule module, Instant at, Actor actor);

  /**
   * Changes a module.
   *
   * @throws RefusedException MODULE_NOT_FOUND, MODULE_EXISTS for the identification that another
   *     one has
   */
  Module update(Realm realm, String name, ModuleChange change, Instant at, Actor actor);

  /**
   * Adds a part of a module, or changes the one of that name.
   *
   * @throws RefusedException MODULE_NOT_FOUND
   */
  Module putSubModule(Realm realm, String name, NewSubModule subModule, Instant at, Actor actor);

  /**
   * Brings a module to what is said of it, adding it if it is not there; its other parts stay.
   *
   * @throws RefusedException MODULE_EXISTS for the identification that another one has
   */
  Imported put(Realm realm, NewModule module, Instant at, Actor actor);
}
