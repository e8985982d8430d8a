package io.jeton.server;

import io.jeton.server.api.Access;
import io.jeton.server.api.Applications;
import io.jeton.server.api.ImportApplications;
import io.jeton.server.api.ImportModules;
import io.jeton.server.api.LicensedModules;
import io.jeton.server.api.ManageApplications;
import io.jeton.server.api.ManageModules;
import io.jeton.server.api.Modules;
import io.jeton.server.api.Validation;
import io.jeton.server.crypto.ApplicationSealer;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.storage.mysql.MySqlStore;
import java.time.InstantSource;

/**
 * What a node does with modules and registered applications.
 *
 * @param modules those that are held in memory
 * @param applications those that are held in memory
 * @param sealer encrypts the secrets of applications
 */
record Registry(
    Modules modules,
    Applications applications,
    ApplicationSealer sealer,
    ManageModules manageModules,
    ManageApplications manageApplications) {
  /** Reads modules and applications for the first time, which blocks. */
  static Registry of(
      MySqlStore store, Sealer keyRing, Access access, Validation validation, InstantSource clock) {
    Modules modules = new Modules(store.modules(), store.realms());
    ApplicationSealer sealer = new ApplicationSealer(keyRing);
    Applications applications = new Applications(store.applications(), sealer);
    return new Registry(
        modules,
        applications,
        sealer,
        new ManageModules(access, validation, store.modules(), modules, clock),
        new ManageApplications(
            access, validation, store.applications(), sealer, applications, clock));
  }

  /** What licences are for, by the names of a module and its part. */
  LicensedModules licensed() {
    return (realm, module, subModule) ->
        modules.byName(realm, module).flatMap(found -> Modules.licensed(found, subModule));
  }

  ImportModules importModules(Validation validation, MySqlStore store, InstantSource clock) {
    return new ImportModules(validation, store.modules(), modules, clock);
  }

  ImportApplications importApplications(
      Validation validation, MySqlStore store, InstantSource clock) {
    return new ImportApplications(validation, store.applications(), sealer, applications, clock);
  }

  /** Has them read again from now on. */
  void keepFresh(Background background) {
    background.every(Snapshots.PERIOD, modules::refreshQuietly);
    background.every(Snapshots.PERIOD, applications::refreshQuietly);
  }
}
