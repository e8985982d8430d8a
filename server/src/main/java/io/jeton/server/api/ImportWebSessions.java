package io.jeton.server.api;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.NewSession;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.SessionStore;
import io.jeton.server.domain.SessionStore.Sealed;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.SessionRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Imports sessions of websites. Blocks; safe for use by several threads. */
public final class ImportWebSessions {
  private static final long FIRST_SECOND = -62_135_596_800L;
  private static final long LAST_SECOND = 253_402_300_799L;

  private final Validation validation;
  private final SessionStore store;
  private final AccountStore accounts;
  private final InstantSource clock;

  public ImportWebSessions(
      Validation validation, SessionStore store, AccountStore accounts, InstantSource clock) {
    this.validation = validation;
    this.store = store;
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * A session of a record that is within its limits.
   *
   * @param account whose it is; empty: nobody's
   */
  record WebSession(
      String realm, Secret sid, Optional<AccountRef> account, String data, Instant expireTime) {}

  WebSession read(SessionRecord record) {
    validation.require(record);
    CreateSessionRequest session = record.getSession();
    if (session.getSid().isEmpty()) {
      throw RefusedException.ofField("session.sid", "must not be empty");
    }
    long seconds = session.getExpireTime().getSeconds();
    int nanos = session.getExpireTime().getNanos();
    if (!session.hasExpireTime()
        || seconds < FIRST_SECOND
        || seconds > LAST_SECOND
        || nanos < 0
        || nanos > 999_999_999) {
      throw RefusedException.ofField("session.expire_time", "must be in the years 1 to 9999");
    }
    return new WebSession(
        session.getRealm(),
        Secret.of(session.getSid()),
        account(record),
        SessionMessages.data("session.data", session.getData()),
        Messages.instant(session.getExpireTime()));
  }

  private static Optional<AccountRef> account(SessionRecord record) {
    if (record.hasAccount()) {
      return Optional.of(AccountMessages.ref(record.getAccount()));
    }
    String id = record.getSession().getAccountId();
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(new AccountRef(AccountRef.By.ID, id));
  }

  /** Brings a session to what is said of it. */
  Imported apply(Realm realm, WebSession session, Actor actor) {
    Optional<AccountId> account =
        session.account.map(
            ref ->
                accounts
                    .find(realm, ref)
                    .map(Account::id)
                    .orElseThrow(ImportWebSessions::noAccount));
    Lookup lookup = lookup(realm, session);
    return store.put(
        realm,
        new NewSession(
            lookup,
            account,
            ManageSessions.seal(session.sid, lookup, session.data),
            session.expireTime),
        sealed -> isSameData(session, lookup, sealed),
        clock.instant(),
        actor);
  }

  /**
   * Says what would become of a session.
   *
   * @param realm empty: one that the import would make
   * @param forecast the accounts of the lines above
   */
  Imported forecast(
      String realmName, Optional<Realm> realm, WebSession session, AccountForecast forecast) {
    Optional<Account> present =
        realm.flatMap(each -> session.account.flatMap(ref -> accounts.find(each, ref)));
    if (session.account.isPresent()
        && present.isEmpty()
        && !forecast.names(realmName, session.account.get())) {
      throw noAccount();
    }
    Optional<Sealed> before = realm.flatMap(each -> store.find(lookup(each, session)));
    if (before.isEmpty()) {
      return Imported.CREATED;
    }
    boolean isSame =
        present.map(Account::id).equals(before.get().session().account())
            && !session.expireTime.isAfter(before.get().session().expireTime())
            && isSameData(session, lookup(realm.orElseThrow(), session), before.get().data());
    return isSame ? Imported.UNCHANGED : Imported.CHANGED;
  }

  private static Lookup lookup(Realm realm, WebSession session) {
    return Lookups.ofSession(realm.name(), session.sid.reveal());
  }

  private static boolean isSameData(WebSession session, Lookup lookup, byte[] sealed) {
    return ManageSessions.open(session.sid, lookup, sealed).equals(session.data);
  }

  private static RefusedException noAccount() {
    return RefusedException.ofField("account", "names no account of the realm");
  }
}
