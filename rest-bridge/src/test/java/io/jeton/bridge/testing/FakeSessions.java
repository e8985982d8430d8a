package io.jeton.bridge.testing;

import com.google.protobuf.Timestamp;
import io.jeton.bridge.CoreException;
import io.jeton.v1.Account;
import io.jeton.v1.AccountRef;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.Session;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.TouchSessionResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions of a {@link FakeCore}, with their sids in clear. */
final class FakeSessions {
  private static final long LONGEST_SECONDS = 3_155_695_200L;
  private static final Duration STEP = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final FakeAccounts accounts;
  private final Map<List<String>, Session> sessions = new HashMap<>();
  private int lastId;

  FakeSessions(InstantSource clock, FakeAccounts accounts) {
    this.clock = clock;
    this.accounts = accounts;
  }

  /** Adds a session in the place of an expired one with its sid. */
  Session add(String realm, String sid, String accountId, String data, Duration lifetime) {
    if (live(realm, sid).isPresent()) {
      throw new CoreException(ErrorReason.ERROR_REASON_SESSION_EXISTS);
    }
    if (!accountId.isEmpty()) {
      accounts.requireActive(realm, accountId);
    }
    Session session =
        Session.newBuilder()
            .setId(Integer.toString(++lastId))
            .setRealm(realm)
            .setAccountId(accountId)
            .setData(data)
            .setCreateTime(timestamp(clock.instant()))
            .setExpireTime(timestamp(clock.instant().plus(lifetime)))
            .build();
    sessions.put(List.of(realm, sid), session);
    return session;
  }

  /** Ends a session; one that is not there is no error. */
  void destroy(String realm, String sid) {
    sessions.remove(List.of(realm, sid));
  }

  TouchSessionResponse touch(TouchSessionRequest request) {
    String realm = request.getRealm().isEmpty() ? "default" : request.getRealm();
    Duration lifetime = lifetime(request);
    Session session =
        live(realm, request.getSid())
            .orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_SESSION_NOT_FOUND));
    Optional<Account> account = account(session);
    if (!request.getActiveOnly() || account.filter(FakeSessions::isActive).isPresent()) {
      session = lasting(session, lifetime);
      sessions.put(List.of(realm, request.getSid()), session);
    }
    TouchSessionResponse.Builder response = TouchSessionResponse.newBuilder().setSession(session);
    account.ifPresent(response::setAccount);
    return response.build();
  }

  private static Duration lifetime(TouchSessionRequest request) {
    long seconds = request.getLifetime().getSeconds();
    if (request.getSid().isEmpty()
        || !request.hasLifetime()
        || seconds < 1
        || seconds > LONGEST_SECONDS) {
      throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
    }
    return Duration.ofSeconds(seconds, request.getLifetime().getNanos());
  }

  /** The session with a later end, if that is later by a minute, or by a tenth of the lifetime. */
  private Session lasting(Session session, Duration lifetime) {
    Duration tenth = lifetime.dividedBy(10);
    Duration step = tenth.compareTo(STEP) < 0 ? tenth : STEP;
    Instant end = clock.instant().plus(lifetime);
    return end.isBefore(instant(session.getExpireTime()).plus(step))
        ? session
        : session.toBuilder().setExpireTime(timestamp(end)).build();
  }

  private Optional<Session> live(String realm, String sid) {
    return Optional.ofNullable(sessions.get(List.of(realm, sid)))
        .filter(session -> instant(session.getExpireTime()).isAfter(clock.instant()));
  }

  private Optional<Account> account(Session session) {
    return session.getAccountId().isEmpty()
        ? Optional.empty()
        : accounts
            .find(session.getRealm(), AccountRef.newBuilder().setId(session.getAccountId()).build())
            .map(FakeAccounts.Entry::account);
  }

  private static boolean isActive(Account account) {
    return !account.getDisabled() && !account.getBanned();
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
