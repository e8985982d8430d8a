package io.jeton.server.api;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.RealmStore;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.RealmRecord;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/** Imports realms. Blocks; safe for use by several threads. */
public final class ImportRealms {
  private final Validation validation;
  private final RealmStore store;
  private final Runnable changed;
  private final InstantSource clock;

  /**
   * Takes its parts.
   *
   * @param changed what to run when a realm has been added, before the next record
   */
  public ImportRealms(
      Validation validation, RealmStore store, Runnable changed, InstantSource clock) {
    this.validation = validation;
    this.store = store;
    this.changed = changed;
    this.clock = clock;
  }

  /** A record that is within its limits. */
  record RealmWithZone(RealmName name, Optional<ZoneId> zone) {}

  RealmWithZone read(RealmRecord record) {
    validation.require(record);
    String zone = record.getTimeZone();
    if (!zone.isEmpty() && !ZoneId.getAvailableZoneIds().contains(zone)) {
      throw RefusedException.ofField("time_zone", "must be a name of the IANA database");
    }
    return new RealmWithZone(
        new RealmName(record.getName()),
        zone.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(zone)));
  }

  Imported apply(RealmWithZone realm, Actor actor) {
    Imported outcome = store.put(realm.name, realm.zone, clock.instant(), actor);
    changed.run();
    return outcome;
  }

  /** What would become of it. */
  Imported forecast(RealmWithZone realm) {
    Optional<ZoneId> present = store.zone(realm.name);
    if (present.isEmpty()) {
      return Imported.CREATED;
    }
    return realm.zone.isEmpty() || realm.zone.equals(present)
        ? Imported.UNCHANGED
        : Imported.CHANGED;
  }
}
