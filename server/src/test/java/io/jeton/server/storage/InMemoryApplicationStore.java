package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Application;
import io.jeton.server.domain.ApplicationChange;
import io.jeton.server.domain.ApplicationStore;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The twin's applications. */
final class InMemoryApplicationStore implements ApplicationStore {
  private final InMemoryTables tables;

  InMemoryApplicationStore(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public List<SealedApplication> all() {
    synchronized (tables) {
      return tables.applications.stream()
          .sorted(
              Comparator.comparing((SealedApplication each) -> each.application().realm().id())
                  .thenComparing(each -> each.application().appId(), InMemoryTables.BY_BYTES))
          .toList();
    }
  }

  @Override
  public Optional<SealedApplication> find(Realm realm, String appId) {
    return all().stream()
        .filter(each -> each.application().realm().equals(realm))
        .filter(each -> each.application().appId().equals(appId))
        .findFirst();
  }

  @Override
  public List<Application> list(Realm realm, Optional<String> after, int limit) {
    return all().stream()
        .map(SealedApplication::application)
        .filter(each -> each.realm().equals(realm))
        .filter(each -> InMemoryTables.BY_BYTES.compare(each.appId(), after.orElse("")) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public Application create(Realm realm, NewApplication application, Instant at, Actor actor) {
    synchronized (tables) {
      if (find(realm, application.appId()).isPresent()) {
        throw RefusedException.of(Refusal.APPLICATION_EXISTS);
      }
      Application added =
          new Application(
              tables.applications.size() + 1,
              realm,
              application.appId(),
              application.encryptType(),
              application.publicKey(),
              application.disabled() ? Optional.of(at) : Optional.empty(),
              at,
              at);
      tables.applications.add(
          new SealedApplication(added, application.accessKey(), application.pushSecret()));
      note(added, at, actor, "CreateApplication");
      return added;
    }
  }

  @Override
  public Application update(
      Realm realm, String appId, ApplicationChange change, Instant at, Actor actor) {
    synchronized (tables) {
      SealedApplication before =
          find(realm, appId).orElseThrow(() -> RefusedException.of(Refusal.APPLICATION_NOT_FOUND));
      Application after = change.applied(before.application(), at);
      byte[] accessKey = change.accessKey().orElse(before.accessKey());
      if (after.equals(before.application()) && Arrays.equals(accessKey, before.accessKey())) {
        return after;
      }
      Application changed =
          new Application(
              after.id(),
              after.realm(),
              after.appId(),
              after.encryptType(),
              after.publicKey(),
              after.disableTime(),
              after.createTime(),
              at);
      tables.applications.replaceAll(
          each ->
              each == before
                  ? new SealedApplication(changed, accessKey, before.pushSecret())
                  : each);
      note(changed, at, actor, "UpdateApplication");
      return changed;
    }
  }

  private void note(Application application, Instant at, Actor actor, String action) {
    tables.applicationRevisions.add(application.id());
    tables.record(at, actor, action, application.realm().name().value(), "" + application.id());
  }
}
