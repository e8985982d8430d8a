package io.jeton.client;

import io.grpc.Channel;
import io.jeton.v1.DestroySessionRequest;
import io.jeton.v1.GetSessionRequest;
import io.jeton.v1.ListSessionsRequest;
import io.jeton.v1.ListSessionsResponse;
import io.jeton.v1.SessionServiceGrpc;
import io.jeton.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import io.jeton.v1.TouchSessionRequest;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Calls about the sessions of websites. In every one an empty realm is {@code default}.
 *
 * <p>Every method blocks until the server has answered, at most the client's deadline, and throws
 * {@link JetonException} when it refused or did not answer. Safe for use by several threads.
 */
public final class Sessions {
  private static final int PAGE_SIZE = 100;

  private final SessionServiceBlockingStub stub;
  private final Calls calls;

  Sessions(Channel channel, Calls calls) {
    this.stub = SessionServiceGrpc.newBlockingStub(channel);
    this.calls = calls;
  }

  /** Adds a session. Needs the permission {@link Permission#ISSUE}. */
  public CreatedSession create(SessionSpec spec) {
    var request = SessionMessages.request(spec);
    var response = calls.call(stub, s -> s.createSession(request));
    return new CreatedSession(
        SessionMessages.session(response.getSession()), Secret.of(response.getSid()));
  }

  /** Shows a session and whose it is. Needs the permission {@link Permission#VERIFY}. */
  public FoundSession get(String realm, Secret sid) {
    var request = GetSessionRequest.newBuilder().setRealm(realm).setSid(sid.reveal()).build();
    var response = calls.call(stub, s -> s.getSession(request));
    return SessionMessages.found(
        response.getSession(), response.hasAccount(), response.getAccount());
  }

  /**
   * Shows a session and lets it last for a lifetime from now; it never ends earlier by that. Needs
   * the permission {@link Permission#VERIFY}.
   */
  public FoundSession touch(String realm, Secret sid, Duration lifetime) {
    return touch(realm, sid, lifetime, false);
  }

  /** Does what {@link #touch} does, but leaves the end of a session without an active account. */
  public FoundSession touchActive(String realm, Secret sid, Duration lifetime) {
    return touch(realm, sid, lifetime, true);
  }

  private FoundSession touch(String realm, Secret sid, Duration lifetime, boolean activeOnly) {
    var request =
        TouchSessionRequest.newBuilder()
            .setRealm(realm)
            .setSid(sid.reveal())
            .setLifetime(Messages.duration(lifetime))
            .setActiveOnly(activeOnly)
            .build();
    var response = calls.call(stub, s -> s.touchSession(request));
    return SessionMessages.found(
        response.getSession(), response.hasAccount(), response.getAccount());
  }

  /** Changes a session. Needs the permission {@link Permission#ISSUE}. */
  public Session update(String realm, Secret sid, SessionChange change) {
    var request = SessionMessages.request(realm, sid, change);
    return SessionMessages.session(calls.call(stub, s -> s.updateSession(request)).getSession());
  }

  /** Ends a session; false when it is not there. Needs the permission {@link Permission#REVOKE}. */
  public boolean destroy(String realm, Secret sid) {
    return destroy(DestroySessionRequest.newBuilder().setRealm(realm).setSid(sid.reveal()));
  }

  /**
   * Ends the session of an id; false when it is not there. Needs the permission {@link
   * Permission#REVOKE}.
   */
  public boolean destroyById(String realm, String id) {
    return destroy(DestroySessionRequest.newBuilder().setRealm(realm).setId(id));
  }

  private boolean destroy(DestroySessionRequest.Builder request) {
    return calls.call(stub, s -> s.destroySession(request.build())).getDestroyed();
  }

  /**
   * Lists the live sessions of an account without their data, the oldest first. Pages are fetched
   * as the stream is read, each with the client's deadline. Needs the permission {@link
   * Permission#LIST}.
   */
  public Stream<Session> list(String realm, String accountId) {
    return Pages.stream(
        pageToken -> {
          var request =
              ListSessionsRequest.newBuilder()
                  .setRealm(realm)
                  .setAccountId(accountId)
                  .setPageSize(PAGE_SIZE)
                  .setPageToken(pageToken);
          ListSessionsResponse page = calls.call(stub, s -> s.listSessions(request.build()));
          return new Pages.Page<>(
              page.getSessionsList().stream().map(SessionMessages::session).toList(),
              page.getNextPageToken());
        });
  }
}
