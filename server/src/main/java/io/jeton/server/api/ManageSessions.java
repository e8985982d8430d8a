package io.jeton.server.api;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.SecretSeal;
import io.jeton.server.crypto.TokenFormat;
import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.NewSession;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.Session;
import io.jeton.server.domain.SessionChange;
import io.jeton.server.domain.SessionId;
import io.jeton.server.domain.SessionStore;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.CreateSessionResponse;
import io.jeton.v1.DestroySessionRequest;
import io.jeton.v1.DestroySessionResponse;
import io.jeton.v1.GetSessionRequest;
import io.jeton.v1.GetSessionResponse;
import io.jeton.v1.ListSessionsRequest;
import io.jeton.v1.ListSessionsResponse;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.TouchSessionResponse;
import io.jeton.v1.UpdateSessionRequest;
import io.jeton.v1.UpdateSessionResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code SessionService}. Blocks; safe for use by several threads. */
public final class ManageSessions {
  private static final int DEFAULT_PAGE = 50;

  private final Access access;
  private final Validation validation;
  private final SessionStore store;
  private final AccountStore accounts;
  private final SessionSlides slides;
  private final InstantSource clock;

  public ManageSessions(
      Access access,
      Validation validation,
      SessionStore store,
      AccountStore accounts,
      SessionSlides slides,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.store = store;
    this.accounts = accounts;
    this.slides = slides;
    this.clock = clock;
  }

  /** A session that has not expired, with its data in clear. */
  private record Opened(Session session, String data) {}

  public CreateSessionResponse create(CreateSessionRequest request, Identity identity) {
    validation.require(request);
    String data = SessionMessages.data("data", request.getData());
    Instant now = clock.instant();
    Optional<Instant> end =
        SessionMessages.end(
            request.hasLifetime() ? Optional.of(request.getLifetime()) : Optional.empty(),
            request.hasExpireTime() ? Optional.of(request.getExpireTime()) : Optional.empty(),
            now);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ISSUE);
    Optional<AccountId> account = SessionMessages.account(request.getAccountId());
    Secret sid = request.getSid().isEmpty() ? TokenFormat.newSid() : Secret.of(request.getSid());
    Lookup lookup = Lookups.ofSession(realm.name(), sid.reveal());
    if (!request.getSid().isEmpty() && live(lookup, now).isPresent()) {
      throw RefusedException.of(Refusal.SESSION_EXISTS);
    }
    Session created =
        store.create(
            realm,
            new NewSession(lookup, account, seal(sid, lookup, data), end.orElseThrow()),
            now,
            identity.actor());
    return CreateSessionResponse.newBuilder()
        .setSession(SessionMessages.session(created, data))
        .setSid(sid.reveal())
        .build();
  }

  public GetSessionResponse get(GetSessionRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.VERIFY);
    Opened found = require(realm, Secret.of(request.getSid()), clock.instant());
    GetSessionResponse.Builder response =
        GetSessionResponse.newBuilder()
            .setSession(SessionMessages.session(found.session, found.data));
    account(found.session).map(AccountMessages::account).ifPresent(response::setAccount);
    return response.build();
  }

  /**
   * {@code TouchSession}. Banning an account ends no session: the answer says that it is banned.
   */
  public TouchSessionResponse touch(TouchSessionRequest request, Identity identity) {
    validation.require(request);
    Times.requireReal("lifetime", request.getLifetime());
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.VERIFY);
    Instant now = clock.instant();
    Opened found = require(realm, Secret.of(request.getSid()), now);
    Optional<Account> account = account(found.session);
    boolean isSliding = !request.getActiveOnly() || account.filter(Account::isActive).isPresent();
    Session session =
        isSliding
            ? slides.slide(found.session, lifetime(request.getLifetime()), now)
            : found.session;
    TouchSessionResponse.Builder response =
        TouchSessionResponse.newBuilder().setSession(SessionMessages.session(session, found.data));
    account.map(AccountMessages::account).ifPresent(response::setAccount);
    return response.build();
  }

  public UpdateSessionResponse update(UpdateSessionRequest request, Identity identity) {
    validation.require(request);
    Optional<String> data =
        request.hasData()
            ? Optional.of(SessionMessages.data("data", request.getData()))
            : Optional.empty();
    Instant now = clock.instant();
    Optional<Instant> end =
        SessionMessages.end(
            request.hasLifetime() ? Optional.of(request.getLifetime()) : Optional.empty(),
            request.hasExpireTime() ? Optional.of(request.getExpireTime()) : Optional.empty(),
            now);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ISSUE);
    Optional<Optional<AccountId>> account =
        request.hasAccountId()
            ? Optional.of(SessionMessages.account(request.getAccountId()))
            : Optional.empty();
    Secret sid = Secret.of(request.getSid());
    Lookup lookup = Lookups.ofSession(realm.name(), sid.reveal());
    Opened present = require(realm, sid, now);
    SessionChange change =
        new SessionChange(
            account,
            data.filter(text -> !text.equals(present.data)).map(text -> seal(sid, lookup, text)),
            end);
    SessionId id = present.session.id();
    Session updated =
        end.isPresent()
            ? slides.replacing(id, () -> update(realm, id, change, now, identity))
            : slides.seen(update(realm, id, change, now, identity));
    return UpdateSessionResponse.newBuilder()
        .setSession(SessionMessages.session(updated, data.orElse(present.data)))
        .build();
  }

  private Session update(
      Realm realm, SessionId id, SessionChange change, Instant now, Identity identity) {
    return store.update(realm, id, change, now, identity.actor()).session();
  }

  public DestroySessionResponse destroy(DestroySessionRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.REVOKE);
    Instant now = clock.instant();
    Optional<Session> found =
        request.hasSid()
            ? present(Lookups.ofSession(realm.name(), request.getSid()), now)
                .map(SessionStore.Sealed::session)
            : SessionId.parse(request.getId())
                .flatMap(id -> store.find(realm, id))
                .map(slides::seen);
    // Also one that seems to have expired: another node may be about to write a later end.
    boolean isDestroyed =
        found
            .filter(session -> store.destroy(realm, session.id(), now, identity.actor()))
            .filter(session -> session.isLive(now))
            .isPresent();
    return DestroySessionResponse.newBuilder().setDestroyed(isDestroyed).build();
  }

  public ListSessionsResponse list(ListSessionsRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.LIST);
    ListSessionsResponse.Builder response = ListSessionsResponse.newBuilder();
    Optional<AccountId> account = AccountId.parse(request.getAccountId());
    if (account.isEmpty()) {
      return response.build();
    }
    String query = "sessions\0" + realm.name() + "\0" + account.get();
    Optional<SessionId> after = PageTokens.session(request.getPageToken(), query);
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    // The store leaves out what has expired by its own ends.
    slides.flush();
    List<Session> found = store.list(realm, account.get(), after, clock.instant(), size + 1);
    found.stream()
        .limit(size)
        .map(slides::seen)
        .map(SessionMessages::session)
        .forEach(response::addSessions);
    if (found.size() > size) {
      response.setNextPageToken(PageTokens.text(found.get(size - 1).id(), query));
    }
    return response.build();
  }

  private Opened require(Realm realm, Secret sid, Instant now) {
    Lookup lookup = Lookups.ofSession(realm.name(), sid.reveal());
    SessionStore.Sealed found =
        live(lookup, now).orElseThrow(() -> RefusedException.of(Refusal.SESSION_NOT_FOUND));
    return new Opened(found.session(), open(sid, lookup, found.data()));
  }

  /** The session of a sid unless it has expired, with the end that it has. */
  private Optional<SessionStore.Sealed> live(Lookup lookup, Instant now) {
    return present(lookup, now).filter(each -> each.session().isLive(now));
  }

  /** The session of a sid, also one that has expired, with the end that it has. */
  private Optional<SessionStore.Sealed> present(Lookup lookup, Instant now) {
    Optional<SessionStore.Sealed> found = seen(lookup);
    if (found.isPresent() && !found.get().session().isLive(now)) {
      // Its new end may have been written after the row was read, and so not be seen anywhere.
      found = seen(lookup);
    }
    return found;
  }

  private Optional<SessionStore.Sealed> seen(Lookup lookup) {
    return store
        .find(lookup)
        .map(each -> new SessionStore.Sealed(slides.seen(each.session()), each.data()));
  }

  private Optional<Account> account(Session session) {
    return session
        .account()
        .flatMap(account -> accounts.find(session.realm(), AccountRef.of(account)));
  }

  static byte[] seal(Secret sid, Lookup lookup, String data) {
    return SecretSeal.sealSession(sid, lookup, data.getBytes(StandardCharsets.UTF_8));
  }

  static String open(Secret sid, Lookup lookup, byte[] sealed) {
    return SecretSeal.openSession(sid, lookup, sealed)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElseThrow(() -> new IllegalStateException("a session's data is damaged"));
  }

  private static Duration lifetime(com.google.protobuf.Duration lifetime) {
    return Duration.ofSeconds(lifetime.getSeconds(), lifetime.getNanos());
  }
}
