package io.jeton.server.api;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.NewModule;
import io.jeton.server.domain.Realm;
import io.jeton.v1.ApplicationRecord;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.ModuleRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The modules and applications of one import. One thread at a time; blocks. */
final class RegistrySession {
  private final ImportModules modules;
  private final ImportApplications applications;
  private final boolean validateOnly;
  private final Actor actor;
  private final Function<String, Optional<Realm>> realms;
  private final ModuleForecast forecast = new ModuleForecast();
  private final Set<List<String>> newApplications = new HashSet<>();
  private boolean isChanged;

  /**
   * Takes its parts.
   *
   * @param realms the realm of a name; empty when it is one that the import would make
   */
  RegistrySession(
      ImportRecords records,
      boolean validateOnly,
      Actor actor,
      Function<String, Optional<Realm>> realms) {
    this.modules = records.modules();
    this.applications = records.applications();
    this.validateOnly = validateOnly;
    this.actor = actor;
    this.realms = realms;
  }

  Imported take(ModuleRecord record) {
    NewModule module = modules.read(record);
    String realmName = ImportSession.named(record.getModule().getRealm());
    Optional<Realm> realm = realms.apply(realmName);
    return validateOnly
        ? modules.forecast(realmName, realm, module, forecast)
        : changed(modules.apply(realm.orElseThrow(), module, actor));
  }

  Imported take(ApplicationRecord record) {
    CreateApplicationRequest application = applications.read(record);
    String realmName = ImportSession.named(application.getRealm());
    Optional<Realm> realm = realms.apply(realmName);
    if (!validateOnly) {
      return changed(applications.apply(realm.orElseThrow(), application, actor));
    }
    Imported outcome =
        realm.map(each -> applications.forecast(each, application)).orElse(Imported.CREATED);
    boolean isNew = newApplications.add(List.of(realmName, application.getAppId()));
    return outcome == Imported.CREATED && !isNew ? Imported.UNCHANGED : outcome;
  }

  /** Lets this node act by what was changed since the last time. */
  void publish() {
    if (isChanged) {
      isChanged = false;
      modules.publish();
      applications.publish();
    }
  }

  private Imported changed(Imported outcome) {
    isChanged |= outcome != Imported.UNCHANGED;
    return outcome;
  }
}
