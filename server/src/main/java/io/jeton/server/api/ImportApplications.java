package io.jeton.server.api;

import io.jeton.server.crypto.ApplicationSealer;
import io.jeton.server.crypto.ApplicationSealer.Secrets;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Application;
import io.jeton.server.domain.ApplicationChange;
import io.jeton.server.domain.ApplicationStore;
import io.jeton.server.domain.ApplicationStore.NewApplication;
import io.jeton.server.domain.ApplicationStore.SealedApplication;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.v1.ApplicationRecord;
import io.jeton.v1.CreateApplicationRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Imports registered applications. Blocks; safe for use by several threads. */
public final class ImportApplications {
  private final Validation validation;
  private final ApplicationStore store;
  private final ApplicationSealer sealer;
  private final Applications applications;
  private final InstantSource clock;

  public ImportApplications(
      Validation validation,
      ApplicationStore store,
      ApplicationSealer sealer,
      Applications applications,
      InstantSource clock) {
    this.validation = validation;
    this.store = store;
    this.sealer = sealer;
    this.applications = applications;
    this.clock = clock;
  }

  /** The application of a record that is within its limits. */
  CreateApplicationRequest read(ApplicationRecord record) {
    validation.require(record);
    return record.getApplication();
  }

  /** Brings an application to what is said of it; this node acts by it after {@link #publish}. */
  Imported apply(Realm realm, CreateApplicationRequest asked, Actor actor) {
    Instant now = clock.instant();
    if (store.find(realm, asked.getAppId()).isEmpty()) {
      NewApplication added = ManageApplications.application(realm, asked, sealer);
      try {
        Application unused = store.create(realm, added, now, actor);
        return Imported.CREATED;
      } catch (RefusedException e) {
        // Somebody added it meanwhile: then it is there at the next look.
        if (e.refusal() != Refusal.APPLICATION_EXISTS) {
          throw e;
        }
      }
    }
    SealedApplication present = store.find(realm, asked.getAppId()).orElseThrow();
    ApplicationChange change = change(present, asked);
    if (isNothing(present, change, now)) {
      return Imported.UNCHANGED;
    }
    Application unused = store.update(realm, asked.getAppId(), change, now, actor);
    return Imported.CHANGED;
  }

  /** Lets this node act by the applications as they are now. */
  void publish() {
    applications.refresh();
  }

  /** What would become of it. */
  Imported forecast(Realm realm, CreateApplicationRequest asked) {
    Optional<SealedApplication> present = store.find(realm, asked.getAppId());
    if (present.isEmpty()) {
      return Imported.CREATED;
    }
    ApplicationChange change = change(present.get(), asked);
    return isNothing(present.get(), change, clock.instant())
        ? Imported.UNCHANGED
        : Imported.CHANGED;
  }

  /** What to change; a key that it has already is no change, though it would be sealed anew. */
  private ApplicationChange change(SealedApplication present, CreateApplicationRequest asked) {
    Realm realm = present.application().realm();
    Optional<Secret> accessKey =
        Optional.of(asked.getAccessKeySecret())
            .filter(text -> !text.isEmpty())
            .map(Secret::of)
            .filter(key -> !sealer.open(present).map(Secrets::accessKey).equals(Optional.of(key)));
    return new ApplicationChange(
        asked.hasEncryptType() ? Optional.of(asked.getEncryptType()) : Optional.empty(),
        asked.hasPublicKey() ? Optional.of(asked.getPublicKey()) : Optional.empty(),
        accessKey.map(key -> sealer.sealAccessKey(realm, asked.getAppId(), key)),
        asked.hasDisabled() ? Optional.of(asked.getDisabled()) : Optional.empty());
  }

  private static boolean isNothing(
      SealedApplication present, ApplicationChange change, Instant now) {
    Application before = present.application();
    return change.accessKey().isEmpty() && change.applied(before, now).equals(before);
  }
}
