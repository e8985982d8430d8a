package io.jeton.server.api;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.ModuleStore;
import io.jeton.server.domain.NewModule;
import io.jeton.server.domain.Realm;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.ModuleRecord;
import java.time.InstantSource;
import java.util.Optional;

/** Imports modules. Blocks; safe for use by several threads. */
public final class ImportModules {
  private final Validation validation;
  private final ModuleStore store;
  private final Modules modules;
  private final InstantSource clock;

  public ImportModules(
      Validation validation, ModuleStore store, Modules modules, InstantSource clock) {
    this.validation = validation;
    this.store = store;
    this.modules = modules;
    this.clock = clock;
  }

  /** The module of a record that is within its limits. */
  NewModule read(ModuleRecord record) {
    CreateModuleRequest module = record.getModule();
    Validation.requireAtMost(
        "module.sub_modules", module.getSubModulesCount(), ModuleMessages.MOST_SUB_MODULES);
    validation.require(record);
    return ModuleMessages.module(module, "module.");
  }

  /** Brings a module to what is said of it; this node acts by it after {@link #publish}. */
  Imported apply(Realm realm, NewModule module, Actor actor) {
    return store.put(realm, module, clock.instant(), actor);
  }

  /** Lets this node act by the modules as they are now. */
  void publish() {
    modules.refresh();
  }

  /** What would become of a module after those that a forecast has seen. */
  Imported forecast(
      String realmName, Optional<Realm> realm, NewModule module, ModuleForecast forecast) {
    return forecast.of(
        realmName,
        module,
        realm.flatMap(each -> modules.byName(each, module.name())),
        realm.flatMap(each -> modules.byIdentification(each, module.identification())),
        clock.instant());
  }
}
