package io.jeton.server.storage;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.NewSession;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Session;
import io.jeton.server.domain.SessionChange;
import io.jeton.server.domain.SessionId;
import io.jeton.server.domain.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The twin's sessions. */
final class InMemorySessionStore implements SessionStore {
  private final InMemoryTables tables;
  private long lastId;

  InMemorySessionStore(InMemoryTables tables) {
    this.tables = tables;
  }

  /** A row of the table. */
  record Row(Lookup lookup, Sealed sealed) {
    Session session() {
      return sealed.session();
    }
  }

  @Override
  public Session create(Realm realm, NewSession session, Instant at, Actor actor) {
    synchronized (tables) {
      session.account().ifPresent(account -> tables.requireActive(realm, account));
      Optional<Sealed> present = find(session.lookup());
      if (present.isPresent() && present.get().session().isLive(at)) {
        throw RefusedException.of(Refusal.SESSION_EXISTS);
      }
      present.ifPresent(each -> tables.sessions.remove(each.session().id()));
      return insert(realm, session, at, actor, "CreateSession");
    }
  }

  @Override
  public Imported put(
      Realm realm, NewSession session, Predicate<byte[]> isSameData, Instant at, Actor actor) {
    synchronized (tables) {
      Optional<Sealed> present = find(session.lookup());
      if (present.isEmpty()) {
        insert(realm, session, at, actor, "ImportSession");
        return Imported.CREATED;
      }
      Session before = present.get().session();
      boolean isSame = isSameData.test(present.get().data());
      SessionChange change =
          new SessionChange(
              Optional.of(session.account()),
              isSame ? Optional.empty() : Optional.of(session.sealedData()),
              Optional.of(before.lasting(session.expireTime()).expireTime()));
      return change(before.id(), change, at, actor, "ImportSession")
          ? Imported.CHANGED
          : Imported.UNCHANGED;
    }
  }

  @Override
  public Optional<Sealed> find(Lookup lookup) {
    synchronized (tables) {
      return tables.sessions.values().stream()
          .filter(row -> row.lookup.equals(lookup))
          .map(Row::sealed)
          .findFirst();
    }
  }

  @Override
  public Optional<Session> find(Realm realm, SessionId id) {
    synchronized (tables) {
      return Optional.ofNullable(tables.sessions.get(id))
          .map(Row::session)
          .filter(session -> session.realm().equals(realm));
    }
  }

  @Override
  public List<Session> list(
      Realm realm, AccountId account, Optional<SessionId> after, Instant now, int limit) {
    synchronized (tables) {
      return tables.sessions.values().stream()
          .map(Row::session)
          .filter(session -> session.realm().equals(realm))
          .filter(session -> session.account().equals(Optional.of(account)))
          .filter(session -> after.isEmpty() || session.id().compareTo(after.get()) > 0)
          .filter(session -> session.isLive(now))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public Sealed update(Realm realm, SessionId id, SessionChange change, Instant at, Actor actor) {
    synchronized (tables) {
      change
          .account()
          .orElse(Optional.empty())
          .ifPresent(account -> tables.requireActive(realm, account));
      if (find(realm, id).isEmpty()) {
        throw RefusedException.of(Refusal.SESSION_NOT_FOUND);
      }
      change(id, change, at, actor, "UpdateSession");
      return tables.sessions.get(id).sealed();
    }
  }

  @Override
  public boolean destroy(Realm realm, SessionId id, Instant at, Actor actor) {
    synchronized (tables) {
      if (find(realm, id).isEmpty()) {
        return false;
      }
      tables.sessions.remove(id);
      tables.record(at, actor, "DestroySession", realm.name().value(), id.toString());
      return true;
    }
  }

  @Override
  public int destroyAll(Realm realm, Instant at, Actor actor) {
    synchronized (tables) {
      int before = tables.sessions.size();
      tables.sessions.values().removeIf(row -> row.session().realm().equals(realm));
      tables.record(at, actor, "DestroySession", realm.name().value(), "realm");
      return before - tables.sessions.size();
    }
  }

  @Override
  public void slide(Map<SessionId, Instant> ends) {
    synchronized (tables) {
      ends.forEach(
          (id, end) ->
              tables.sessions.computeIfPresent(
                  id,
                  (same, row) ->
                      new Row(
                          row.lookup,
                          new Sealed(row.session().lasting(micros(end)), row.sealed.data()))));
    }
  }

  private boolean change(
      SessionId id, SessionChange change, Instant at, Actor actor, String action) {
    Row row = tables.sessions.get(id);
    Session after = rounded(change.applied(row.session()));
    if (change.sealedData().isEmpty() && after.equals(row.session())) {
      return false;
    }
    tables.sessions.put(
        id, new Row(row.lookup, new Sealed(after, change.sealedData().orElse(row.sealed.data()))));
    tables.record(at, actor, action, after.realm().name().value(), id.toString());
    return true;
  }

  private Session insert(Realm realm, NewSession session, Instant at, Actor actor, String action) {
    SessionId id = new SessionId(++lastId);
    Session added =
        rounded(new Session(realm, id, session.account(), micros(at), session.expireTime()));
    tables.sessions.put(id, new Row(session.lookup(), new Sealed(added, session.sealedData())));
    tables.record(at, actor, action, realm.name().value(), id.toString());
    return added;
  }

  private static Session rounded(Session session) {
    return new Session(
        session.realm(),
        session.id(),
        session.account(),
        session.createTime(),
        micros(session.expireTime()));
  }

  private static Instant micros(Instant time) {
    return Micros.toInstant(Micros.of(time));
  }
}
